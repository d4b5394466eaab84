package dev.slipway.agent.background;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.retry.Backoff;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A supervised thread: whatever its work throws is logged with its type, and the work is started again after a pause
 * that grows with each failure in a row. It ends when the work returns, or when it is closed.
 */
public final class BackgroundThread implements AutoCloseable {
    /** What the thread does; called again after a failure, so it goes on from its own state. */
    public interface Work {
        void run() throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(BackgroundThread.class);
    private static final Backoff BACKOFF = Backoff.ofMillis(500, 30_000);

    // Work that went on this long had recovered: its next failure is a first one.
    private static final Duration STEADY = Duration.ofMinutes(1);

    private final String name;
    private final Work work;
    private final Backoff backoff;
    private final Thread thread;

    private BackgroundThread(String name, Work work, Backoff backoff) {
        this.name = name;
        this.work = work;
        this.backoff = backoff;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::supervise);
    }

    public static BackgroundThread start(String name, Work work) {
        return start(name, work, BACKOFF);
    }

    static BackgroundThread start(String name, Work work, Backoff backoff) {
        BackgroundThread started = new BackgroundThread(name, work, backoff);
        started.thread.start();
        return started;
    }

    /** Whether it ended by itself within {@code limit}. */
    public boolean join(Duration limit) throws InterruptedException {
        return thread.join(limit);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void supervise() {
        int failures = 0;
        try {
            while (true) {
                long begun = System.nanoTime();
                try {
                    work.run();
                    return;
                } catch (RuntimeException | Error e) {
                    failures = System.nanoTime() - begun > STEADY.toNanos() ? 1 : failures + 1;
                    Duration pause = backoff.after(failures);
                    log.error(
                            "Thread \"{}\" failed with {} ({} in a row); restarting it in {} ms.",
                            name,
                            typeOf(e).wireName(),
                            failures,
                            pause.toMillis(),
                            e);
                    Thread.sleep(pause);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FailureType typeOf(Throwable thrown) {
        return thrown instanceof SlipwayException known ? known.type() : FailureType.INTERNAL;
    }
}
