package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.input.Durations;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.deployment.ContinueAsNew;
import dev.slipway.workflows.deployment.DeploymentStory;
import dev.slipway.workflows.deployment.StepFailures;
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
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Watches until the commit runs, or never will. */
final class Reconciliation {
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final GitOpsInput input;
    private final GitOpsGround ground;
    private final DeploymentStory<GitOpsStatus> story;
    private final Supplier<Boolean> stopped;
    private final Monitoring begun;
    private final Lookout lookout = new Lookout();
    private @Nullable String seen;

    /** {@code stopped}: whether an order to stop has come, which the next run would not know of. */
    Reconciliation(
            GitOpsInput input, DeploymentStory<GitOpsStatus> story, Monitoring begun, Supplier<Boolean> stopped) {
        this.input = input;
        this.ground = input.plan().ground();
        this.story = story;
        this.stopped = stopped;
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
            Duration left = ground.timeout()
                    .minusMillis(Workflow.currentTimeMillis() - begun.pushedAt().toEpochMilli());
            if (!left.isPositive()) {
                return tooLate(List.of());
            }
            try {
                Optional<Observation> observed = lookout.look(() ->
                        Async.function(activities(left)::observe, new Observe(watched(), begun.pushedAt(), seen)));
                switch (observed.orElse(null)) {
                    case null -> {}
                    case Observation.Ready ready -> {
                        return new GitOpsEnding.Deployed(GitOpsMessage.RECONCILED.with("summary", ready.summary()));
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
        Failure failure = StepFailures.of(
                thrown, _ -> new Failure(FailureType.STEP_TIMED_OUT, GitOpsMessage.MONITORING_FAILED.with()));
        if (StepFailures.isForGood(thrown) || (unreachable && seen == null)) {
            return new GitOpsEnding.Failed(failure);
        }
        return tooLate(unreachable ? List.of(failure.detail()) : List.of());
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
            story.report(GitOpsMessage.RECONCILED.with("summary", summary));
        }
    }

    private GitOpsEnding tooLate(List<Message> then) {
        return new GitOpsEnding.Failed(new Failure(
                FailureType.RECONCILIATION_TIMED_OUT,
                (seen == null ? GitOpsMessage.RECONCILER_SILENT : GitOpsMessage.RECONCILIATION_TIMED_OUT)
                        .with(
                                "commit", begun.commit(),
                                "timeout", Durations.format(ground.timeout()),
                                "seen", seen)
                        .and(then)));
    }

    private Watched watched() {
        return new Watched(
                Objects.requireNonNull(input.plan().cluster()),
                ground.reconciler(),
                input.plan().namespace(),
                input.plan().releaseName(),
                input.chart().chart(),
                ground.path(),
                input.chart().version(),
                begun.commit(),
                input.plan().repository().branch(),
                tellsSince(),
                ground.nudge());
    }

    // A Helm release names no commit, so time has to tell. It may be there before the answer to the push is; and where
    // nothing was pushed, it may be there for long.
    private Instant tellsSince() {
        if (ground.reconciler() != Reconciler.HELM) {
            return begun.pushedAt();
        }
        return begun.ours() ? begun.since() : Instant.EPOCH;
    }

    // One call may last as long as there is nothing new; what the deployment may last in all bounds it.
    private static ReconciliationActivities activities(Duration left) {
        return Workflow.newActivityStub(
                ReconciliationActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.WATCH)
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
        ContinueAsNew.ifSuggested(
                story::flush,
                stopped,
                () -> input.monitoring(
                        new Monitoring(begun.commit(), begun.ours(), begun.since(), begun.pushedAt(), seen)));
        CancellationScope.throwCanceled();
    }
}
