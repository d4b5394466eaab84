package dev.slipway.cli.timeline;

import java.time.Duration;

/** Lengths of time for people: {@code 4s}, {@code 1m05s}, {@code 2h03m}. */
public final class Elapsed {
    private Elapsed() {}

    public static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        return seconds < 3_600
                ? "%dm%02ds".formatted(seconds / 60, seconds % 60)
                : "%dh%02dm".formatted(seconds / 3_600, seconds / 60 % 60);
    }
}
