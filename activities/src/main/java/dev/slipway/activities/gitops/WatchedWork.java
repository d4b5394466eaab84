package dev.slipway.activities.gitops;

import dev.slipway.activities.git.Heartbeat;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Heartbeats while work is done, whatever the work waits for. It is done by a virtual thread, because an interrupt takes
 * such a thread out of anything, also out of reading from a socket.
 */
final class WatchedWork implements Heartbeat {
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final Duration END = Duration.ofSeconds(10);

    private final Heartbeat heartbeat;
    private volatile String step = "starting";

    WatchedWork(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    @Override
    public void beat(String next) {
        step = next;
        heartbeat.beat(next);
    }

    /** What {@code work} gives. The work is stopped where a heartbeat or an interrupt says so. */
    <T> T during(Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread worker = Thread.ofVirtual().name("git").start(task);
        try {
            while (true) {
                try {
                    return task.get(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    heartbeat.beat(step);
                }
            }
        } catch (ExecutionException e) {
            throw failure(Objects.requireNonNullElse(e.getCause(), e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SlipwayException(
                    FailureType.GIT_UNAVAILABLE, "The push was interrupted during " + step + ". It can be retried.", e);
        } finally {
            stop(worker);
        }
    }

    private static void stop(Thread worker) {
        if (!worker.isAlive()) {
            return;
        }
        worker.interrupt();
        boolean interrupted = Thread.interrupted();
        try {
            // Whoever comes next waits for the lock on the clone anyhow.
            worker.join(END);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static RuntimeException failure(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException known -> known;
            case Error error -> throw error;
            default -> new IllegalStateException(thrown);
        };
    }
}
