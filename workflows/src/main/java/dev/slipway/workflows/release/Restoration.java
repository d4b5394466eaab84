package dev.slipway.workflows.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.health.Health;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.TaskStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Brings touched targets back to what their agents saw there before, a few at a time, the last one first. */
final class Restoration {
    private static final int AT_A_TIME = 10;

    private final DeploymentId deployment;
    private final TargetSteps steps;
    private final Story story;
    private final Touched touched;
    private Progress.Held held;

    Restoration(DeploymentId deployment, TargetSteps steps, Story story, Touched touched, Progress.Held held) {
        this.deployment = deployment;
        this.steps = steps;
        this.story = story;
        this.touched = touched;
        this.held = held;
    }

    /** What could not be brought back. */
    Progress.Held held() {
        return held;
    }

    boolean isDone() {
        return touched.isEmpty();
    }

    /** Brings the next few back. What fails for good is {@link #held()}, and not tried again. */
    void restoreSome() {
        List<Integer> next = touched.last(AT_A_TIME);
        List<Promise<Void>> running = ControlPlane.plan(deployment, next).stream()
                .map(task -> Async.procedure(() -> restore(task)))
                .toList();
        Promise.allOf(running).get();
        next.forEach(touched::remove);
    }

    /** The failure that a person reads when some targets are held: the version of each is listed. */
    Failure failure(String why) {
        return new Failure(
                FailureType.TARGETS_HELD,
                "%s %d target(s) could not be brought back: %s. All others run what they ran before. Mend these, then deploy to the environment again."
                        .formatted(why, held.targets(), held.listed()));
    }

    private void restore(PlannedTask task) {
        Optional<Revision> previous = touched.previousOf(task.index());
        for (int attempt = 1; ; attempt++) {
            try {
                Optional<Failure> failure = tryToRestore(task.target(), previous);
                if (failure.isEmpty()) {
                    tellRestored(task.target(), previous);
                } else {
                    hold(task.target(), failure.get(), previous);
                }
                return;
            } catch (ActivityFailure e) {
                Failure failure = StepFailure.of(e, task.target(), TargetSteps.PATIENCE);
                if (!failure.type().retryable() || attempt >= PlannedTask.MAX_ATTEMPTS) {
                    hold(task.target(), failure, previous);
                    return;
                }
                Workflow.sleep(Duration.ofSeconds(attempt));
            }
        }
    }

    private Optional<Failure> tryToRestore(Target target, Optional<Revision> previous) {
        if (previous.isEmpty()) {
            steps.remove(target);
            return Optional.empty();
        }
        Desired.Recorded recorded = new Desired.Recorded(previous.get());
        steps.deploy(target, recorded);
        Health health = steps.verify(target, recorded);
        return health.healthy()
                ? Optional.empty()
                : Optional.of(new Failure(FailureType.UNHEALTHY, "it is back, and not healthy: " + health.detail()));
    }

    private void tellRestored(Target target, Optional<Revision> previous) {
        story.task(
                target.name(),
                TaskStatus.ROLLED_BACK,
                0,
                previous.map(Revision::digest).orElse(null),
                previous.map(ran -> "Runs " + named(ran) + " again.").orElse("Removed: nothing ran there before."));
    }

    private void hold(Target target, Failure failure, Optional<Revision> previous) {
        String version = failure.type() == FailureType.UNHEALTHY
                ? "runs " + previous.map(Restoration::named).orElse("nothing")
                : "version unknown";
        held = held.and(target.name() + " (" + version + "): " + failure.message());
        story.taskFailed(target.name(), 0, previous.map(Revision::digest).orElse(null), failure);
    }

    private static String named(Revision revision) {
        return revision.version() + " (" + revision.digest().abbreviated() + ")";
    }
}
