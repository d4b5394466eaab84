package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.AppEnvironment;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.input.Durations;
import dev.slipway.workflows.gitops.GitOpsInput.Monitoring;
import dev.slipway.workflows.gitops.ReconciliationActivities.Observe;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches until the commit runs, or never will. */
final class Reconciliation {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final GitOpsInput input;
    private final AppEnvironment environment;
    private final GitOpsStory story;
    private final Monitoring begun;
    private final Lookout lookout = new Lookout();
    private @Nullable String seen;

    Reconciliation(GitOpsInput input, GitOpsStory story, Monitoring begun) {
        this.input = input;
        this.environment = input.plan().environment();
        this.story = story;
        this.begun = begun;
        seen = begun.seen();
    }

    /** The cluster is asked again at once where it did not answer. */
    void look() {
        lookout.call();
    }

    GitOpsEnding watch() {
        while (true) {
            continueAsNewIfSuggested();
            Duration left = environment
                    .timeout()
                    .minusMillis(Workflow.currentTimeMillis() - begun.pushedAt().toEpochMilli());
            if (!left.isPositive()) {
                return tooLate("");
            }
            try {
                Optional<Observation> observed = lookout.look(() ->
                        Async.function(activities(left)::observe, new Observe(watched(), begun.pushedAt(), seen)));
                switch (observed.orElse(null)) {
                    case null -> {}
                    case Observation.Ready ready -> {
                        return new GitOpsEnding.Deployed(ready.summary());
                    }
                    case Observation.Broken broken -> {
                        return new GitOpsEnding.Failed(broken.failure());
                    }
                    case Observation.Progressing progressing -> tell(progressing.summary());
                }
            } catch (ActivityFailure e) {
                if (e.getCause() instanceof CanceledFailure canceled) {
                    throw canceled;
                }
                return gaveUp(e);
            }
        }
    }

    private GitOpsEnding gaveUp(ActivityFailure thrown) {
        boolean unreachable = rootOf(thrown) instanceof ApplicationFailure;
        if (GitOpsFailures.isForGood(thrown) || (unreachable && seen == null)) {
            return new GitOpsEnding.Failed(GitOpsFailures.of(thrown, "Watching the cluster"));
        }
        return tooLate(unreachable ? " Then: " + GitOpsFailures.of(thrown, "").message() : "");
    }

    // The last try that failed, or nothing but time that was up.
    private static @Nullable Throwable rootOf(ActivityFailure thrown) {
        return thrown.getCause() instanceof TimeoutFailure timeout && timeout.getCause() != null
                ? timeout.getCause()
                : thrown.getCause();
    }

    private void tell(String summary) {
        if (!summary.equals(seen)) {
            seen = summary;
            story.tell(summary);
        }
    }

    private GitOpsEnding tooLate(String then) {
        return new GitOpsEnding.Failed(new Failure(
                FailureType.RECONCILIATION_TIMED_OUT,
                "Commit %s did not come to run within %s. What was seen last: %s%s"
                        .formatted(
                                begun.commit(),
                                Durations.format(environment.timeout()),
                                Objects.requireNonNullElse(seen, "nothing; see whether the reconciler works at all"),
                                then)));
    }

    private Watched watched() {
        return new Watched(
                Objects.requireNonNull(input.plan().cluster()),
                environment.reconciler(),
                environment.namespace(),
                environment.releaseName(),
                input.chart().chart(),
                environment.path(),
                input.chart().version(),
                begun.commit(),
                input.plan().repository().branch(),
                tellsSince(),
                environment.nudge());
    }

    // A Helm release names no commit, so time has to tell. It may be there before the answer to the push is; and where
    // nothing was pushed, it may be there for long.
    private Instant tellsSince() {
        if (environment.reconciler() != Reconciler.HELM) {
            return begun.pushedAt();
        }
        return begun.ours() ? begun.since() : Instant.EPOCH;
    }

    // One call may last as long as there is nothing new; what the deployment may last in all bounds it.
    private static ReconciliationActivities activities(Duration left) {
        return Workflow.newActivityStub(
                ReconciliationActivities.class,
                ActivityOptions.newBuilder()
                        .setScheduleToCloseTimeout(left)
                        .setHeartbeatTimeout(SILENCE)
                        .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                        .setRetryOptions(RetryOptions.newBuilder()
                                .setInitialInterval(Duration.ofSeconds(1))
                                .setMaximumInterval(Duration.ofSeconds(30))
                                .build())
                        .build());
    }

    private void continueAsNewIfSuggested() {
        if (Workflow.getInfo().isContinueAsNewSuggested()) {
            story.flush();
            // An order to stop that came meanwhile is not known to the next run.
            CancellationScope.throwCanceled();
            Workflow.continueAsNew(input.monitoring(
                    new Monitoring(begun.commit(), begun.ours(), begun.since(), begun.pushedAt(), seen)));
        }
    }
}
