package dev.slipway.core.retry;

import java.time.Duration;

/** Exponential back-off: the pause before a retry doubles with each failure, from {@code first} up to {@code longest}. */
public record Backoff(Duration first, Duration longest) {
    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (!first.isPositive() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("invalid back-off: " + first + " up to " + longest);
        }
    }

    public static Backoff ofMillis(long first, long longest) {
        return new Backoff(Duration.ofMillis(first), Duration.ofMillis(longest));
    }

    /** The pause after this many failures in a row; after the first one it is {@code first}. */
    public Duration after(int failures) {
        Duration doubled = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MOST_DOUBLINGS));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
