package dev.slipway.workflows.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.Strategy;
import dev.slipway.core.release.TaskStatus;
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
    /** How long a held deployment waits for a person. */
    static final Duration HOLD_LIMIT = Duration.ofDays(7);

    private final DeploymentInput input;
    private final Story story;
    private final Orders orders;
    private final TargetSteps steps;
    private final Touched touched;
    private final Admission admission;
    private final Tally tally;
    private int next;

    Rollout(
            DeploymentInput input,
            Story story,
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

    /** The first target that was not begun or, once completing, not looked at again. */
    int next() {
        return next;
    }

    boolean isDone() {
        return next >= input.targets();
    }

    Tally tally() {
        return tally;
    }

    /** Runs one batch; empty once each of its targets succeeded, or was skipped by a person. */
    Optional<Ending> runBatch() {
        int end = input.strategy().batchEnd(next, input.targets());
        List<PlannedTask> batch = plan(next, end, List.of());
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

    /** Verifies the targets of one batch again; empty once each of them is healthy, or was skipped by a person. */
    Optional<Ending> lookAgainAtBatch() {
        int end = Math.min(input.targets(), next + Strategy.MOST_AT_ONCE);
        List<PlannedTask> batch = plan(next, end, tally.skipped());
        next = end;
        return settle(runTogether(batch, (task, _) -> taskRun(task).lookAgain()));
    }

    private List<PlannedTask> plan(int from, int to, List<Integer> without) {
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
    private Outcome runOrStopAll(PlannedTask task, CancellationScope together) {
        Outcome outcome = taskRun(task).run();
        if (outcome instanceof Outcome.Failed && input.onFailure() == OnFailure.ROLLBACK) {
            together.cancel();
        }
        return outcome;
    }

    private static List<Outcome> runTogether(
            List<PlannedTask> batch, BiFunction<PlannedTask, CancellationScope, Outcome> run) {
        List<Promise<Outcome>> running = new ArrayList<>();
        Workflow.newCancellationScope(together ->
                        batch.forEach(task -> running.add(Async.function(() -> run.apply(task, together)))))
                .run();
        Promise.allOf(running).get();
        return running.stream().map(Promise::get).toList();
    }

    private TaskRun taskRun(PlannedTask task) {
        return new TaskRun(task, input.release().version(), input.force(), steps, story, touched);
    }

    private Optional<Ending> hold(Failure first) {
        DeploymentStatus before = story.status();
        waitForAPerson(first);
        while (tally.failure().isPresent()) {
            if (!Workflow.await(HOLD_LIMIT, orders::hasTaskOrder)) {
                return Optional.of(new Ending.GivenUp(
                        first, "Nobody came for " + HOLD_LIMIT.toDays() + " days; the targets stay as they are."));
            }
            Optional<Failure> refused = obey(orders.takeTaskOrder());
            if (refused.isPresent()) {
                return Optional.of(new Ending.GivenUp(first, refused.get().message()));
            }
        }
        if (before == DeploymentStatus.COMPLETING) {
            story.moveTo(before, "Goes on to look at the targets again.");
        }
        return Optional.empty();
    }

    private void waitForAPerson(Failure failure) {
        story.moveTo(DeploymentStatus.FAILED, true, failure, failure.message());
        admission.hold();
    }

    /** Empty, or why the environment does not let it go on. */
    private Optional<Failure> obey(Orders.TaskOrder order) {
        return tally.take(order.target()).flatMap(failed -> switch (order) {
            case Orders.TaskOrder.Skip _ -> skip(failed);
            case Orders.TaskOrder.Retry _ -> retry(failed);
        });
    }

    private Optional<Failure> skip(Outcome.Failed failed) {
        PlannedTask task = failed.task();
        tally.skip(task.index());
        story.task(task.target().name(), TaskStatus.SKIPPED, failed.attempt(), null, "A person goes on without it.");
        return tally.failure().isPresent() ? Optional.empty() : goOn("Goes on.");
    }

    private Optional<Failure> retry(Outcome.Failed failed) {
        PlannedTask task = failed.task();
        Optional<Failure> refused = goOn("A person has \"" + task.target().name() + "\" tried again.");
        if (refused.isEmpty()) {
            tally.count(taskRun(task).runAgain(failed.attempt()));
            stopIfCanceled();
            tally.failure().ifPresent(this::waitForAPerson);
        }
        return refused;
    }

    // Only once the environment knows is it safe from being superseded: until then, it is held and gives way as it
    // stands.
    private Optional<Failure> goOn(String reason) {
        Optional<Failure> refused = admission.goOn();
        if (refused.isEmpty()) {
            steps.admit(admission.epoch());
            story.moveTo(DeploymentStatus.RUNNING, reason);
        }
        return refused;
    }
}
