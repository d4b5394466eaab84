package dev.slipway.workflows.release;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What people and the environment have told a deployment, and it has not acted upon yet. */
final class Orders {
    /** A pause that nobody ends is a deployment that nobody wants. */
    static final Duration PAUSE_LIMIT = Duration.ofDays(7);

    /** What a person wants for one failed target. */
    sealed interface TaskOrder {
        String target();

        record Retry(String target) implements TaskOrder {}

        record Skip(String target) implements TaskOrder {}
    }

    private final Deque<TaskOrder> taskOrders = new ArrayDeque<>();
    private @Nullable Ending stop;
    private @Nullable CancellationScope stoppable;
    private boolean paused;

    /** The first order to stop counts. What runs in the stoppable scope is canceled. */
    void stop(Ending ending) {
        if (stop == null) {
            stop = ending;
            cancelStoppable();
        }
    }

    /** Declares the scope that a stop cancels; at once, if the stop came first. */
    void stopsBy(CancellationScope scope) {
        stoppable = scope;
        if (stop != null) {
            cancelStoppable();
        }
    }

    private void cancelStoppable() {
        if (stoppable != null) {
            stoppable.cancel();
        }
    }

    Optional<Ending> stop() {
        return Optional.ofNullable(stop);
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    boolean paused() {
        return paused;
    }

    /** Returns at once unless paused. A pause that outlives its limit ends the deployment. */
    void awaitResumed() {
        if (!Workflow.await(PAUSE_LIMIT, () -> !paused)) {
            stop(new Ending.Canceled("It was paused for " + PAUSE_LIMIT.toDays() + " days."));
            Workflow.await(() -> false);
        }
    }

    void add(TaskOrder order) {
        taskOrders.add(order);
    }

    boolean concerns(String target) {
        return taskOrders.stream().anyMatch(order -> order.target().equals(target));
    }

    boolean hasTaskOrder() {
        return !taskOrders.isEmpty();
    }

    TaskOrder takeTaskOrder() {
        return taskOrders.remove();
    }
}
