package dev.slipway.workflows.release;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
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
import dev.slipway.workflows.deployment.Order;
import dev.slipway.workflows.deployment.Waits;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Restores touched targets to what their agents saw there before, a few at a time, the last one first. It ends in bounded
 * time: a node whose agent is away is asked once, there is a deadline for all, and an operator can abandon it.
 */
final class Restoration {
    private static final int AT_A_TIME = 10;
    private static final Duration AT_LEAST = Duration.ofMinutes(15);
    // As long as a slow service needs to become healthy.
    private static final Duration FOR_EACH_BATCH = Duration.ofMinutes(1);

    private final DeploymentId deployment;
    private final TargetSteps steps;
    private final DeploymentStory<DeploymentStatus> story;
    private final Touched touched;
    private final Instant deadline;
    private final Set<String> lostNodes;
    private Progress.Held held;
    private @Nullable Message abandoned;

    Restoration(
            DeploymentId deployment,
            TargetSteps steps,
            DeploymentStory<DeploymentStatus> story,
            Touched touched,
            Progress made) {
        this.deployment = deployment;
        this.steps = steps;
        this.story = story;
        this.touched = touched;
        this.held = made.held();
        lostNodes = new TreeSet<>(made.held().lostNodes());
        Duration batches = FOR_EACH_BATCH.multipliedBy(touched.size() / AT_A_TIME);
        deadline = Optional.ofNullable(made.deadline())
                .orElseGet(() -> now().plus(AT_LEAST).plus(batches));
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /** What could not be restored. */
    Progress.Held held() {
        return held.losing(List.copyOf(lostNodes));
    }

    /** When it is given up. */
    Instant deadline() {
        return deadline;
    }

    boolean isDone() {
        return touched.isEmpty();
    }

    /** Leaves the targets as they are that are not restored yet; false where it was abandoned before. */
    boolean abandon(Order order) {
        if (abandoned != null || isDone()) {
            return false;
        }
        abandoned = ReleaseMessage.RESTORATION_ABANDONED.with("actor", order.actor(), "reason", order.reason());
        story.report(false, abandoned, order.actor());
        return true;
    }

    /** Restores the next few. What fails for good is {@link #held()}, and not tried again. */
    void restoreSome() {
        List<Integer> next = touched.last(AT_A_TIME);
        List<TaskReference> tasks = ControlPlane.plan(deployment, next);
        List<Promise<Void>> running = new ArrayList<>();
        CancellationScope together = Workflow.newCancellationScope(
                () -> tasks.forEach(task -> running.add(Async.procedure(() -> restore(task)))));
        together.run();
        Promise<Void> all = Promise.allOf(running);
        Duration left = Duration.between(now(), deadline);
        if (!Waits.await(left.isNegative() ? Duration.ZERO : left, () -> all.isCompleted() || abandoned != null)) {
            abandoned = ReleaseMessage.RESTORATION_TIMED_OUT.with();
        }
        if (!all.isCompleted()) {
            together.cancel();
        }
        all.get();
        next.forEach(touched::remove);
    }

    /** The failure that an operator reads when some targets are held: the version of each is listed. */
    Failure failure(Message why) {
        return new Failure(
                FailureType.TARGETS_HELD,
                why.and(ReleaseMessage.ROLLBACK_FAILED
                        .with("targets", held.targets(), "more", held.more())
                        .and(held.first())));
    }

    private void restore(TaskReference task) {
        TargetReference target = task.target();
        Optional<Revision> previous = touched.previousOf(task.index());
        Optional<Failure> failure = abandoned == null ? failureOf(task, previous) : Optional.of(givenUp());
        failure.ifPresentOrElse(why -> hold(target, why, previous), () -> reportRestored(target, previous));
    }

    private Failure givenUp() {
        Message why = abandoned;
        return new Failure(
                FailureType.RESTORATION_GIVEN_UP, why == null ? ReleaseMessage.RESTORATION_TIMED_OUT.with() : why);
    }

    private Optional<Failure> failureOf(TaskReference task, Optional<Revision> previous) {
        TargetReference target = task.target();
        for (int attempt = 1; ; attempt++) {
            if (lostNodes.contains(target.node())) {
                return Optional.of(new Failure(
                        FailureType.NO_AGENT_AVAILABLE,
                        ReleaseMessage.NODE_LOST.with("node", target.node(), "target", target.name())));
            }
            try {
                return tryToRestore(target, previous);
            } catch (CanceledFailure e) {
                return Optional.of(givenUp());
            } catch (ActivityFailure e) {
                if (CancellationScope.current().isCancelRequested()) {
                    return Optional.of(givenUp());
                }
                Failure failure = TargetSteps.failure(e, target, TargetSteps.PATIENCE);
                if (failure.type() == FailureType.NO_AGENT_AVAILABLE) {
                    lostNodes.add(target.node());
                }
                if (!failure.type().retryable() || attempt >= PlannedTask.MAX_ATTEMPTS) {
                    return Optional.of(failure);
                }
                if (!pause(attempt)) {
                    return Optional.of(givenUp());
                }
            }
        }
    }

    /** False where the restoration was given up meanwhile. */
    private boolean pause(int attempt) {
        try {
            return !Waits.await(Duration.ofSeconds(attempt), () -> abandoned != null);
        } catch (CanceledFailure e) {
            return false;
        }
    }

    private Optional<Failure> tryToRestore(TargetReference target, Optional<Revision> previous) {
        if (previous.isEmpty()) {
            steps.remove(target);
            return Optional.empty();
        }
        Desired.Recorded recorded = new Desired.Recorded(previous.get());
        steps.deploy(target, recorded);
        Health health = steps.verify(target, recorded);
        return health.healthy()
                ? Optional.empty()
                : Optional.of(new Failure(
                        FailureType.UNHEALTHY, ReleaseMessage.RESTORED_UNHEALTHY.with("detail", health.detail())));
    }

    private void reportRestored(TargetReference target, Optional<Revision> previous) {
        story.add(
                new Change.OfTask(
                        target.name(),
                        TaskStatus.ROLLED_BACK,
                        0,
                        previous.map(Revision::digest).orElse(null),
                        null),
                previous.map(ran -> ReleaseMessage.TARGET_RESTORED.with(
                                "version", ran.version(), "digest", ran.digest().abbreviated()))
                        .orElseGet(ReleaseMessage.TARGET_REMOVED::with));
    }

    private void hold(TargetReference target, Failure failure, Optional<Revision> previous) {
        Message line = failure.type() == FailureType.UNHEALTHY
                ? ReleaseMessage.TARGET_HELD_AT.with(
                        "target",
                        target.name(),
                        "version",
                        previous.map(Revision::version).orElse(null))
                : ReleaseMessage.TARGET_HELD.with("target", target.name());
        held = held.and(line.and(failure.detail()));
        story.add(
                new Change.OfTask(
                        target.name(),
                        TaskStatus.FAILED,
                        0,
                        previous.map(Revision::digest).orElse(null),
                        failure),
                failure.detail());
    }
}
