package dev.slipway.workflows.deployment;

import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.function.Supplier;

/** Waits of workflows that leave nothing behind. */
public final class Waits {
    private Waits() {}

    /**
     * Waits until {@code condition} holds, at most for {@code limit}, and says whether it does. Unlike
     * {@code Workflow.await}, no timer is started where it holds at once, and none outlives the wait: each would be two
     * events of the history, and wake the workflow for nothing.
     */
    public static boolean await(Duration limit, Supplier<Boolean> condition) {
        if (condition.get()) {
            return true;
        }
        Timer timer = new Timer(limit);
        Workflow.await(() -> condition.get() || timer.isOver());
        boolean met = condition.get();
        if (!timer.isOver()) {
            timer.cancel();
        }
        return met;
    }

    private static final class Timer {
        private final CancellationScope scope;
        private Promise<Void> ring = Workflow.newPromise();

        Timer(Duration limit) {
            scope = Workflow.newCancellationScope(() -> ring = Workflow.newTimer(limit));
            scope.run();
        }

        boolean isOver() {
            return ring.isCompleted();
        }

        void cancel() {
            scope.cancel();
        }
    }
}
