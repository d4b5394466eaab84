package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.Reconciler;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Looks how far a commit has come in its cluster. Nothing is ever applied there. */
@ActivityInterface
public interface ReconciliationActivities {
    /**
     * Watches until there is something else to say than {@code seen}, and says it. With watches, not by asking again and
     * again; a change that comes right after another is told together with it.
     *
     * <p>Heartbeats, and stops when it is canceled. Fails with {@code ClusterUnavailable} (retryable), and with
     * {@code ClusterRefused}, {@code AddressNotAllowed} or {@code UnknownSecret} where the cluster cannot be watched at all.
     */
    @ActivityMethod(name = "observeReconciliation")
    Observation observe(Observe input);

    /**
     * What is watched, and what is known of it.
     *
     * @param since when it was looked at first
     * @param seen the summary that was told last; null at first
     */
    record Observe(Watched watched, Instant since, @Nullable String seen) {}

    /**
     * What is awaited: that {@code commit} of {@code branch}, which holds {@code version} of {@code chart}, is applied
     * and that what it declares runs.
     *
     * @param name the reconciler's object, or the Helm release
     * @param path the folder of the chart in the IaC repository
     * @param pushedAt what the reconciler said before is not about this commit
     * @param nudge whether Flux is asked to look at once
     */
    record Watched(
            Cluster cluster,
            Reconciler reconciler,
            String namespace,
            String name,
            String chart,
            String path,
            String version,
            String commit,
            String branch,
            Instant pushedAt,
            boolean nudge) {}
}
