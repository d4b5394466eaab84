package dev.slipway.store.timeline;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Rung by one thread, awaited by another. A ring that comes while nobody waits is kept; several are one. */
public final class Bell {
    private final Semaphore rings = new Semaphore(0);

    void ring() {
        rings.release();
    }

    /** Whether it was rung before {@code patience} was over. */
    public boolean await(Duration patience) throws InterruptedException {
        boolean rung = rings.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        rings.drainPermits();
        return rung;
    }
}
