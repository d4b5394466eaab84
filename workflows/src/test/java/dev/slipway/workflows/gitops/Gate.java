package dev.slipway.workflows.gitops;

import io.temporal.activity.Activity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Holds an activity where it is, with heartbeats, until somebody opens it. */
final class Gate {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    void open() {
        open.countDown();
    }

    void awaitReached() {
        try {
            if (!reached.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("Nobody came to the gate");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Fails where the activity is canceled, or its workflow has ended. */
    void pass() {
        reached.countDown();
        try {
            while (!open.await(50, TimeUnit.MILLISECONDS)) {
                Activity.getExecutionContext().heartbeat(null);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
