package dev.slipway.workflows.activity;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The heartbeat of one activity, whatever its own thread is busy with. Once the activity is canceled, or nobody waits
 * for it any more, its thread is interrupted.
 */
public final class Pulse implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final ActivityExecutionContext context;
    private final Thread worker = Thread.currentThread();
    private final Thread ticker;
    private @Nullable RuntimeException stopped;
    private boolean closed;

    public Pulse(ActivityExecutionContext context) {
        this.context = context;
        this.ticker = Thread.ofVirtual().name("pulse").start(this::beat);
    }

    private void beat() {
        try {
            while (true) {
                context.heartbeat(null);
                Thread.sleep(PERIOD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ActivityCompletionException e) {
            stop(e);
        } catch (RuntimeException e) {
            // The last heartbeat may be cut off by the end of the activity.
            if (!isClosed()) {
                throw e;
            }
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Interrupts the activity, which ends with {@code why}; the first reason counts. */
    public synchronized void stop(RuntimeException why) {
        if (!closed && stopped == null) {
            stopped = why;
            worker.interrupt();
        }
    }

    /** Why the activity was stopped; empty where nobody stopped it. */
    public synchronized Optional<RuntimeException> stopped() {
        return Optional.ofNullable(stopped);
    }

    /** From here on the thread is not interrupted any more. */
    @Override
    public synchronized void close() {
        closed = true;
        ticker.interrupt();
        if (stopped != null) {
            // The interrupt was for the activity, not for whatever its thread does next.
            Thread.interrupted();
        }
    }
}
