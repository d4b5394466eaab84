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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Brings the release to the targets, batch after batch, and answers why it goes no further. */
final class Rollout {
    /** How long a held deployment waits for a person. */
    static final Duration HOLD_LIMIT = Duration.ofDays(7);

    private final DeploymentInput input;
    private final Story story;
    private final Orders orders;
    private final TargetSteps steps;
    private final Touched touched;
    private final Map<String, Outcome.Failed> failed = new LinkedHashMap<>();
    private final List<Integer> skipped;
    private int next;
    private int changed;

    Rollout(DeploymentInput input, Story story, Orders orders, TargetSteps steps, Touched touched, Progress made) {
        this.input = input;
        this.story = story;
        this.orders = orders;
        this.steps = steps;
        this.touched = touched;
        this.skipped = new ArrayList<>(made.skipped());
        this.next = made.next();
        this.changed = made.changed();
    }

    /** The first target that was not begun or, once completing, not looked at again. */
    int next() {
        return next;
    }

    boolean isDone() {
        return next >= input.targets();
    }

    List<String> failedTargets() {
        return List.copyOf(failed.keySet());
    }

    /** Targets, by index, that a person goes on without. */
    List<Integer> skipped() {
        return List.copyOf(skipped);
    }

    /** How many targets run something else than before. */
    int changed() {
        return changed;
    }

    String summary() {
        if (changed == 0 && !skipped.isEmpty()) {
            return "Nothing was changed, and a person skipped " + skipped.size() + " target(s).";
        }
        if (changed == 0) {
            return "Nothing to do: " + input.release() + " already runs on every target.";
        }
        String runs = input.release() + " runs on " + (input.targets() - skipped.size()) + " target(s)";
        return skipped.isEmpty() ? runs + "." : runs + ", and a person skipped " + skipped.size() + ".";
    }

    /** Runs one batch; empty once each of its targets succeeded, or was skipped by a person. */
    Optional<Ending> runBatch() {
        int end = input.strategy().batchEnd(next, input.targets());
        List<PlannedTask> batch = ControlPlane.plan()
                .read(new PlanActivities.ReadPlan(input.deployment(), next, end))
                .tasks();
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
        List<PlannedTask> batch =
                ControlPlane.plan().read(new PlanActivities.ReadPlan(input.deployment(), next, end)).tasks().stream()
                        .filter(task -> !skipped.contains(task.index()))
                        .toList();
        next = end;
        return settle(runTogether(batch, (task, _) -> taskRun(task).lookAgain()));
    }

    private Optional<Ending> settle(List<Outcome> outcomes) {
        outcomes.forEach(this::count);
        stopIfCanceled();
        if (failed.isEmpty()) {
            return Optional.empty();
        }
        Failure first = firstFailure();
        return input.onFailure() == OnFailure.ROLLBACK ? Optional.of(new Ending.Failed(first)) : hold(first);
    }

    private Failure firstFailure() {
        return failed.values().iterator().next().failure();
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

    private void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded succeeded -> changed += succeeded.changed() ? 1 : 0;
            case Outcome.Failed failure -> failed.put(failure.task().target().name(), failure);
            case Outcome.Canceled _ -> {}
        }
    }

    private TaskRun taskRun(PlannedTask task) {
        return new TaskRun(task, input.release().version(), input.force(), steps, story, touched);
    }

    private Optional<Ending> hold(Failure first) {
        story.moveTo(DeploymentStatus.FAILED, true, first, first.message());
        ControlPlane.admission().hold(seat());
        while (!failed.isEmpty()) {
            if (!Workflow.await(HOLD_LIMIT, orders::hasTaskOrder)) {
                return Optional.of(new Ending.GivenUp(
                        first, "Nobody came for " + HOLD_LIMIT.toDays() + " days; the targets stay as they are."));
            }
            obey(orders.takeTaskOrder());
        }
        // It goes on, and is not to be superseded any more; after the last batch it is about to leave.
        if (!isDone()) {
            ControlPlane.admission().enter(new AdmissionActivities.Enter(input.environment(), entry()));
        }
        if (story.status() == DeploymentStatus.FAILED) {
            story.moveTo(DeploymentStatus.RUNNING, "Goes on.");
        }
        return Optional.empty();
    }

    private void obey(Orders.TaskOrder order) {
        Outcome.Failed before = failed.get(order.target());
        if (before == null) {
            return;
        }
        switch (order) {
            case Orders.TaskOrder.Skip _ -> {
                failed.remove(order.target());
                skipped.add(before.task().index());
                story.task(order.target(), TaskStatus.SKIPPED, before.attempt(), null, "A person goes on without it.");
            }
            case Orders.TaskOrder.Retry _ -> {
                story.moveTo(DeploymentStatus.RUNNING, "A person has \"" + order.target() + "\" tried again.");
                failed.remove(order.target());
                count(taskRun(before.task()).runAgain(before.attempt()));
                stopIfCanceled();
                if (!failed.isEmpty()) {
                    Failure still = firstFailure();
                    story.moveTo(DeploymentStatus.FAILED, true, still, still.message());
                }
            }
        }
    }

    EnvironmentWorkflow.Entry entry() {
        return new EnvironmentWorkflow.Entry(input.deployment(), input.concurrency());
    }

    AdmissionActivities.Seat seat() {
        return new AdmissionActivities.Seat(input.environment(), input.deployment());
    }
}
