package dev.slipway.server.standalone;

import java.time.Duration;
import java.util.Locale;

/** The programs that a stack runs beside itself, in the order in which they are started; they are stopped the other way round. */
enum Part {
    /** Its fast shutdown does not wait for clients to go away by themselves. */
    POSTGRES("PostgreSQL", "INT", Duration.ofSeconds(20)),
    TEMPORAL("Temporal", "TERM", Duration.ofSeconds(12));

    private final String title;
    private final String stopSignal;
    private final Duration grace;

    Part(String title, String stopSignal, Duration grace) {
        this.title = title;
        this.stopSignal = stopSignal;
        this.grace = grace;
    }

    /** The name in {@code stack.json}, of the log and of the pid file. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name for people. */
    String title() {
        return title;
    }

    /** The signal that asks it to stop. */
    String stopSignal() {
        return stopSignal;
    }

    /** How long it may take to stop before it is killed. */
    Duration grace() {
        return grace;
    }
}
