package dev.slipway.workflows.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.health.Health;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.TaskStatus;
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

        record Failed(PlannedTask task, int attempt, Failure failure) implements Outcome {}

        record Canceled() implements Outcome {}
    }

    private final PlannedTask task;
    private final Target target;
    private final Desired desired;
    private final boolean force;
    private final TargetSteps steps;
    private final Story story;
    private final Touched touched;
    private int attempt;
    private boolean deployed;
    private @Nullable Digest previous;

    TaskRun(PlannedTask task, String version, boolean force, TargetSteps steps, Story story, Touched touched) {
        this.task = task;
        this.target = task.target();
        this.desired = new Desired.Fresh(task.artifact(), version);
        this.force = force;
        this.steps = steps;
        this.story = story;
        this.touched = touched;
    }

    /** Runs a task that nobody has tried yet. */
    Outcome run() {
        tell(TaskStatus.QUEUED, "It is the turn of \"" + target.name() + "\".");
        return attemptUpTo(PlannedTask.MAX_ATTEMPTS);
    }

    /** Runs a task again that failed in {@code attempts} attempts, because a person said so. */
    Outcome runAgain(int attempts) {
        attempt = attempts;
        previous = touched.previousOf(task.index()).map(Revision::digest).orElse(null);
        requeue("A person has it tried again.");
        return attemptUpTo(attempts + PlannedTask.MAX_ATTEMPTS);
    }

    /** Verifies a task that succeeded in an earlier batch once more. */
    Outcome lookAgain() {
        attempt = 1;
        previous = touched.previousOf(task.index()).map(Revision::digest).orElse(null);
        try {
            Health health = steps.verify(target, desired);
            return health.healthy()
                    ? new Outcome.Succeeded(false)
                    : failed(new Failure(
                            FailureType.UNHEALTHY,
                            "Target \"" + target.name() + "\" was healthy after its own batch, and is not any more: "
                                    + health.detail()));
        } catch (ActivityFailure e) {
            return wasCanceled(e) ? new Outcome.Canceled() : failed(StepFailure.of(e, target, TargetSteps.PATIENCE));
        } catch (CanceledFailure e) {
            return new Outcome.Canceled();
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
                Workflow.sleep(Duration.ofSeconds(1L << Math.min(attempt - 1, 4)));
                requeue("Attempt " + attempt + " failed; it is tried again.");
            }
        } catch (CanceledFailure e) {
            return canceled();
        }
    }

    private Outcome attempt() {
        try {
            return reach();
        } catch (ActivityFailure e) {
            return wasCanceled(e) ? canceled() : failed(StepFailure.of(e, target, patience()));
        }
    }

    private static boolean wasCanceled(ActivityFailure e) {
        return e.getCause() instanceof CanceledFailure
                || CancellationScope.current().isCancelRequested();
    }

    private Outcome reach() {
        tell(TaskStatus.DISPATCHED, "Waits for the agent of node \"" + target.node() + "\".");
        Observation seen = steps.inspect(target, desired, patience());
        if (seen.current() && (!force || deployed)) {
            return succeeded(false, "Nothing to do: " + seen.detail());
        }
        if (attempt == 1) {
            previous =
                    Optional.ofNullable(seen.revision()).map(Revision::digest).orElse(null);
        }
        touched.add(task.index(), Optional.ofNullable(seen.revision()));
        tell(TaskStatus.RUNNING, "Before: " + seen.detail());
        steps.deploy(target, desired);
        deployed = true;
        tell(TaskStatus.VERIFYING, "Installed; its health is checked.");
        Health health = steps.verify(target, desired);
        return health.healthy()
                ? succeeded(true, health.detail())
                : failed(new Failure(
                        FailureType.UNHEALTHY,
                        "Target \"" + target.name() + "\" did not become healthy: " + health.detail()));
    }

    private Duration patience() {
        return attempt == 1 ? TargetSteps.FIRST_CONTACT : TargetSteps.PATIENCE;
    }

    private Outcome succeeded(boolean changed, String reason) {
        tell(TaskStatus.SUCCEEDED, reason);
        return new Outcome.Succeeded(changed);
    }

    private Outcome failed(Failure failure) {
        story.taskFailed(target.name(), attempt, previous, failure);
        return new Outcome.Failed(task, attempt, failure);
    }

    private Outcome canceled() {
        tell(TaskStatus.CANCELED, "Canceled.");
        return new Outcome.Canceled();
    }

    private void requeue(String reason) {
        tell(TaskStatus.RETRYING, reason);
        tell(TaskStatus.QUEUED, reason);
    }

    private void tell(TaskStatus status, String reason) {
        story.task(target.name(), status, attempt, previous, reason);
    }
}
