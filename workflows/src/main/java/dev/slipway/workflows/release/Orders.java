package dev.slipway.workflows.release;

import dev.slipway.core.deployment.Actor;
import dev.slipway.workflows.deployment.Waits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What operators have ordered for failed targets, and whether the deployment is paused. */
final class Orders {
    /** A pause that is never ended is a deployment that nobody wants. */
    static final Duration PAUSE_LIMIT = Duration.ofDays(7);

    /** The decision for one failed target. */
    sealed interface TaskOrder {
        String target();

        Actor actor();

        record Retry(String target, Actor actor) implements TaskOrder {}

        record Skip(String target, Actor actor) implements TaskOrder {}
    }

    private final Deque<TaskOrder> taskOrders = new ArrayDeque<>();
    private boolean paused;

    Orders(boolean paused) {
        this.paused = paused;
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

    /** Returns true once it is not paused, and false where the pause outlives its limit. */
    boolean awaitResumed() {
        return Waits.await(PAUSE_LIMIT, () -> !paused);
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
