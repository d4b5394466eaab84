package dev.slipway.core.input;

import dev.slipway.core.failure.InvalidInputException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 2s}, {@code 10m}, {@code 1h}. */
public final class Durations {
    /** Of the notation above. */
    public static final String PATTERN = "(\\d{1,9})(ms|s|m|h)";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private Durations() {}

    /** Reads the notation above, or fails naming {@code field}. */
    public static Duration parse(String field, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    field,
                    "invalid duration \"" + Names.shown(text)
                            + "\": expected a number and a unit, for example 250ms, 2s, 10m or 1h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** The shortest of the notations above that says {@code duration} exactly, to the millisecond. */
    public static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds != 0 && seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
