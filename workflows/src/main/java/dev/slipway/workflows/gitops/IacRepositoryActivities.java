package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.IacRepository;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What is done to an IaC repository. One call at a time for one repository. */
@ActivityInterface
public interface IacRepositoryActivities {
    /**
     * Commits the changes, each as a commit of its own, and pushes them together: one fetch, N commits, one push, never
     * by force. A change whose trailer is on the branch already is not made again: its commit is the answer. Where the
     * branch has moved on meanwhile, it is fetched and the changes are made again. A change that cannot be made (no chart,
     * an unsafe archive, a key that cannot sign, a hook that refuses it) is answered as refused and keeps no other back.
     *
     * <p>Heartbeats. Fails with {@code GitUnavailable} (retryable), and with {@code GitRefused}, {@code PushRejected},
     * {@code AddressNotAllowed} or {@code UnknownSecret} where nothing can be pushed at all.
     */
    @ActivityMethod(name = "pushCharts")
    Pushed push(Push input);

    /**
     * Says which of the changes are on the branch, without making any: each is answered with its commit, or as refused where
     * it is not there. Heartbeats, and fails as {@link #push}.
     */
    @ActivityMethod(name = "findCharts")
    Pushed find(Push input);

    /** {@code changes} are made in their order. */
    record Push(IacRepository repository, List<ChartChange> changes) {}

    /** An answer for each change, in their order. */
    record Pushed(List<PushOutcome> outcomes) {}
}
