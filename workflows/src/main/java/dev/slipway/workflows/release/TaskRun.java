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
        previous = previousDigest();
        requeue("A person has it tried again.");
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
                            "Target \"" + target.name() + "\" was healthy after its own batch, and is not any more: "
                                    + health.detail()));
        } catch (ActivityFailure e) {
            if (wasCanceled(e)) {
                throw new CanceledFailure("The look was stopped");
            }
            return Optional.of(StepFailure.of(e, target, TargetSteps.PATIENCE));
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
            return touched.contains(task.index())
                    ? succeeded(true, "An earlier attempt has done it: " + seen.detail())
                    : succeeded(false, "Nothing to do: " + seen.detail());
        }
        touched.add(task.index(), Optional.ofNullable(seen.revision()));
        previous = previousDigest();
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

    private @Nullable Digest previousDigest() {
        return touched.previousOf(task.index()).map(Revision::digest).orElse(null);
    }

    private Duration pause() {
        return Duration.ofSeconds(1L << Math.min(attempt - 1, 4));
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
