package dev.slipway.server.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How long a part of the stack may take to become ready, once all {@code programs} are started. */
record Patience(List<Watch> programs, Duration limit) {
    private static final Duration LOOK = Duration.ofMillis(10);

    /** Waits until {@code ready}. Fails when it is not in time, and at once when a program cannot be started at all. */
    void await(String title, BooleanSupplier ready, Supplier<String> lastWords) throws InterruptedException {
        Instant deadline = Instant.now().plus(limit);
        while (!ready.getAsBoolean()) {
            for (Watch program : programs) {
                program.requireStartable();
                // The first start on a machine may have to fetch Temporal, which takes its time and has limits of its
                // own.
                if (program.isPreparing()) {
                    deadline = Instant.now().plus(limit);
                }
            }
            if (Instant.now().isAfter(deadline)) {
                throw new StackException(
                        "Not ready within " + limit.toSeconds() + " s: " + title + "." + lastWords.get());
            }
            Thread.sleep(LOOK);
        }
    }
}
