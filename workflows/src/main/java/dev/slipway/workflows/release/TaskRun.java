package dev.slipway.workflows.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.health.Health;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.ReleaseMessage;
import dev.slipway.core.release.TaskReference;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.deployment.DeploymentStory;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The task of one target: inspect, deploy, verify, in up to three attempts. */
final class TaskRun {
    /** How a task came out. */
    sealed interface Outcome {
        record Succeeded(boolean changed) implements Outcome {}

        record Failed(TaskReference task, int attempt, Failure failure) implements Outcome {}

        record Canceled() implements Outcome {}
    }

    private final TaskReference task;
    private final TargetReference target;
    private final Desired desired;
    private final boolean force;
    private final TargetSteps steps;
    private final DeploymentStory<DeploymentStatus> story;
    private final Touched touched;
    private int attempt;
    private boolean deployed;
    private @Nullable Digest previous;

    TaskRun(
            TaskReference task,
            String version,
            boolean force,
            TargetSteps steps,
            DeploymentStory<DeploymentStatus> story,
            Touched touched) {
        this.task = task;
        this.target = task.target();
        this.desired = new Desired.Fresh(task.artifact(), version);
        this.force = force;
        this.steps = steps;
        this.story = story;
        this.touched = touched;
    }

    /** Runs a task for the first time. */
    Outcome run() {
        report(TaskStatus.QUEUED, ReleaseMessage.TARGET_QUEUED.with("target", target.name()));
        return attemptUpTo(PlannedTask.MAX_ATTEMPTS);
    }

    /** Runs a task again that failed in {@code attempts} attempts, as {@code by} has ordered. */
    Outcome runAgain(int attempts, Message retried, Actor by) {
        attempt = attempts;
        previous = previousDigest();
        requeue(retried, by);
        return attemptUpTo(attempts + PlannedTask.MAX_ATTEMPTS);
    }

    /** Verifies a task that succeeded in an earlier batch once more; a look that fails otherwise is tried again. */
    Outcome lookAgain() {
        previous = previousDigest();
        try {
            while (true) {
                attempt++;
                Optional<Failure> failure = look();
                if (failure.isEmpty()) {
                    return new Outcome.Succeeded(false);
                }
                if (!failure.get().type().retryable() || attempt >= PlannedTask.MAX_ATTEMPTS) {
                    return failed(failure.get());
                }
                Workflow.sleep(pause());
            }
        } catch (CanceledFailure e) {
            return new Outcome.Canceled();
        }
    }

    private Optional<Failure> look() {
        try {
            Health health = steps.verify(target, desired);
            return health.healthy()
                    ? Optional.empty()
                    : Optional.of(new Failure(
                            FailureType.UNHEALTHY,
                            ReleaseMessage.NO_LONGER_HEALTHY.with("target", target.name(), "detail", health.detail())));
        } catch (ActivityFailure e) {
            if (wasCanceled(e)) {
                throw new CanceledFailure("The look was stopped");
            }
            return Optional.of(TargetSteps.failure(e, target, TargetSteps.PATIENCE));
        }
    }

    private Outcome attemptUpTo(int most) {
        try {
            while (true) {
                attempt++;
                Outcome outcome = attempt();
                if (!(outcome instanceof Outcome.Failed failed)
                        || !failed.failure().type().retryable()
                        || attempt >= most) {
                    return outcome;
                }
                Workflow.sleep(pause());
                requeue(ReleaseMessage.ATTEMPT_FAILED.with("attempt", attempt), Actor.SLIPWAY);
            }
        } catch (CanceledFailure e) {
            return canceled();
        }
    }

    private Outcome attempt() {
        try {
            return reach();
        } catch (ActivityFailure e) {
            return wasCanceled(e) ? canceled() : failed(TargetSteps.failure(e, target, patience()));
        }
    }

    private static boolean wasCanceled(ActivityFailure e) {
        return e.getCause() instanceof CanceledFailure
                || CancellationScope.current().isCancelRequested();
    }

    private Outcome reach() {
        report(TaskStatus.DISPATCHED, ReleaseMessage.AGENT_AWAITED.with("node", target.node()));
        Observation seen = steps.inspect(target, desired, patience());
        if (seen.current() && (!force || deployed)) {
            return touched.contains(task.index())
                    ? succeeded(true, ReleaseMessage.ALREADY_UPDATED.with("detail", seen.detail()))
                    : succeeded(false, ReleaseMessage.UP_TO_DATE.with("detail", seen.detail()));
        }
        touched.add(task.index(), Optional.ofNullable(seen.revision()));
        previous = previousDigest();
        report(TaskStatus.RUNNING, ReleaseMessage.CURRENT_VERSION.with("detail", seen.detail()));
        steps.deploy(target, desired);
        deployed = true;
        report(TaskStatus.VERIFYING, ReleaseMessage.INSTALLED.with());
        Health health = steps.verify(target, desired);
        return health.healthy()
                ? succeeded(true, ReleaseMessage.HEALTHY.with("detail", health.detail()))
                : failed(new Failure(
                        FailureType.UNHEALTHY,
                        ReleaseMessage.NOT_HEALTHY.with("target", target.name(), "detail", health.detail())));
    }

    private @Nullable Digest previousDigest() {
        return touched.previousOf(task.index()).map(Revision::digest).orElse(null);
    }

    private Duration pause() {
        return Duration.ofSeconds(1L << Math.min(attempt - 1, 4));
    }

    private Duration patience() {
        return attempt == 1 ? TargetSteps.FIRST_CONTACT : TargetSteps.PATIENCE;
    }

    private Outcome succeeded(boolean changed, Message message) {
        report(TaskStatus.SUCCEEDED, message);
        return new Outcome.Succeeded(changed);
    }

    private Outcome failed(Failure failure) {
        story.add(new Change.OfTask(target.name(), TaskStatus.FAILED, attempt, previous, failure), failure.detail());
        return new Outcome.Failed(task, attempt, failure);
    }

    private Outcome canceled() {
        report(TaskStatus.CANCELED, ReleaseMessage.TARGET_CANCELED.with());
        return new Outcome.Canceled();
    }

    private void requeue(Message message, Actor by) {
        story.add(change(TaskStatus.RETRYING), message, by);
        story.add(change(TaskStatus.QUEUED), message, by);
    }

    private void report(TaskStatus status, Message message) {
        story.add(change(status), message);
    }

    private Change change(TaskStatus status) {
        return new Change.OfTask(target.name(), status, attempt, previous, null);
    }
}
