package dev.slipway.activities.kubernetes;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Beats for an activity that waits, and interrupts its thread once the activity is canceled or nobody waits for it. */
final class Heartbeat implements AutoCloseable {
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final ActivityExecutionContext context;
    private final Thread waiting = Thread.currentThread();
    private final Thread ticker;
    private @Nullable RuntimeException stopped;
    private boolean closed;

    Heartbeat(ActivityExecutionContext context) {
        this.context = context;
        this.ticker = Thread.ofVirtual().name("heartbeat").start(this::beat);
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
        }
    }

    private synchronized void stop(RuntimeException why) {
        if (!closed) {
            stopped = why;
            waiting.interrupt();
        }
    }

    /** Why the activity has to end; empty where it may go on. */
    synchronized Optional<RuntimeException> stopped() {
        return Optional.ofNullable(stopped);
    }

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
