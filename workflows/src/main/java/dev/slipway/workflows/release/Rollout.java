package dev.slipway.workflows.release;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseMessage;
import dev.slipway.core.release.Strategy;
import dev.slipway.core.release.TaskReference;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.deployment.Admission;
import dev.slipway.workflows.deployment.DeploymentStory;
import dev.slipway.workflows.deployment.Waits;
import dev.slipway.workflows.release.TaskRun.Outcome;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/** Brings the release to the targets, batch after batch, and answers why it goes no further. */
final class Rollout {
    /** How long a held deployment waits for a decision. */
    static final Duration HOLD_LIMIT = Duration.ofDays(7);

    private final DeploymentInput input;
    private final DeploymentStory<DeploymentStatus> story;
    private final Orders orders;
    private final TargetSteps steps;
    private final Touched touched;
    private final Admission admission;
    private final Tally tally;
    private int next;

    Rollout(
            DeploymentInput input,
            DeploymentStory<DeploymentStatus> story,
            Orders orders,
            TargetSteps steps,
            Touched touched,
            Admission admission,
            Progress made) {
        this.input = input;
        this.story = story;
        this.orders = orders;
        this.steps = steps;
        this.touched = touched;
        this.admission = admission;
        this.tally = new Tally(made.changed(), made.skipped());
        this.next = made.next();
    }

    /** The first target that was not started or, once completing, not verified again. */
    int next() {
        return next;
    }

    boolean isDone() {
        return next >= input.targets();
    }

    Tally tally() {
        return tally;
    }

    /** Runs one batch; empty once each of its targets succeeded, or was skipped. */
    Optional<Ending> runBatch() {
        int end = input.strategy().batchEnd(next, input.targets());
        List<TaskReference> batch = plan(next, end, List.of());
        next = end;
        return settle(runTogether(batch, this::runOrStopAll));
    }

    /**
     * Starts over at the first target, to look at each again: while the last batch was verified, a target of an earlier
     * one may have died. Where every target was verified at the same time, there is nothing to look at.
     */
    void beginToLookAgain() {
        next = input.strategy() instanceof Strategy.Rolling ? 0 : input.targets();
    }

    /** Verifies the targets of one batch again; empty once each of them is healthy, or was skipped. */
    Optional<Ending> lookAgainAtBatch() {
        int end = Math.min(input.targets(), next + Strategy.MOST_AT_ONCE);
        List<TaskReference> batch = plan(next, end, tally.skipped());
        next = end;
        return settle(runTogether(batch, (task, _) -> taskRun(task).lookAgain()));
    }

    private List<TaskReference> plan(int from, int to, List<Integer> without) {
        List<Integer> indexes = IntStream.range(from, to)
                .boxed()
                .filter(index -> !without.contains(index))
                .toList();
        return ControlPlane.plan(input.deployment(), indexes);
    }

    private Optional<Ending> settle(List<Outcome> outcomes) {
        outcomes.forEach(tally::count);
        stopIfCanceled();
        return tally.failure()
                .flatMap(first ->
                        input.onFailure() == OnFailure.ROLLBACK ? Optional.of(new Ending.Failed(first)) : hold(first));
    }

    private static void stopIfCanceled() {
        if (CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure("The rollout was stopped");
        }
    }

    // With a rollback to follow, what still runs beside a failed target is not worth waiting for.
    private Outcome runOrStopAll(TaskReference task, CancellationScope together) {
        Outcome outcome = taskRun(task).run();
        if (outcome instanceof Outcome.Failed && input.onFailure() == OnFailure.ROLLBACK) {
            together.cancel();
        }
        return outcome;
    }

    private static List<Outcome> runTogether(
            List<TaskReference> batch, BiFunction<TaskReference, CancellationScope, Outcome> run) {
        List<Promise<Outcome>> running = new ArrayList<>();
        Workflow.newCancellationScope(together ->
                        batch.forEach(task -> running.add(Async.function(() -> run.apply(task, together)))))
                .run();
        Promise.allOf(running).get();
        return running.stream().map(Promise::get).toList();
    }

    private TaskRun taskRun(TaskReference task) {
        return new TaskRun(task, input.release().version(), input.force(), steps, story, touched);
    }

    private Optional<Ending> hold(Failure first) {
        DeploymentStatus before = story.status();
        awaitDecision(first);
        while (tally.failure().isPresent()) {
            if (!Waits.await(HOLD_LIMIT, orders::hasTaskOrder)) {
                return Optional.of(
                        new Ending.GivenUp(first, ReleaseMessage.NO_DECISION.with("days", HOLD_LIMIT.toDays())));
            }
            Optional<Failure> refused = obey(orders.takeTaskOrder());
            if (refused.isPresent()) {
                return Optional.of(new Ending.GivenUp(first, refused.get().detail()));
            }
        }
        if (before == DeploymentStatus.COMPLETING) {
            story.moveTo(before, ReleaseMessage.VERIFICATION_RESUMED.with());
        }
        return Optional.empty();
    }

    private void awaitDecision(Failure failure) {
        story.moveTo(DeploymentStatus.FAILED, true, failure, failure.detail(), Actor.SLIPWAY);
        admission.hold();
    }

    /** Empty, or why the environment does not let it go on. */
    private Optional<Failure> obey(Orders.TaskOrder order) {
        return tally.take(order.target()).flatMap(failed -> switch (order) {
            case Orders.TaskOrder.Skip skip -> skip(failed, skip.actor());
            case Orders.TaskOrder.Retry retry -> retry(failed, retry.actor());
        });
    }

    private Optional<Failure> skip(Outcome.Failed failed, Actor by) {
        TaskReference task = failed.task();
        tally.skip(task.index());
        Message skipped =
                ReleaseMessage.TARGET_SKIPPED.with("target", task.target().name(), "actor", by);
        story.add(
                new Change.OfTask(task.target().name(), TaskStatus.SKIPPED, failed.attempt(), null, null), skipped, by);
        return tally.failure().isPresent() ? Optional.empty() : goOn(skipped, by);
    }

    private Optional<Failure> retry(Outcome.Failed failed, Actor by) {
        TaskReference task = failed.task();
        Message retried =
                ReleaseMessage.TARGET_RETRIED.with("target", task.target().name(), "actor", by);
        Optional<Failure> refused = goOn(retried, by);
        if (refused.isEmpty()) {
            tally.count(taskRun(task).runAgain(failed.attempt(), retried, by));
            stopIfCanceled();
            tally.failure().ifPresent(this::awaitDecision);
        }
        return refused;
    }

    // Only once the environment knows is it safe from being superseded: until then, it is held and gives way as it
    // stands.
    private Optional<Failure> goOn(Message message, Actor by) {
        Optional<Failure> refused = admission.goOn();
        if (refused.isEmpty()) {
            steps.admit(admission.epoch());
            story.moveTo(DeploymentStatus.RUNNING, false, null, message, by);
        }
        return refused;
    }
}
