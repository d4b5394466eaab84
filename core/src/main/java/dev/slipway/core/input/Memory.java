package dev.slipway.core.input;

import dev.slipway.core.failure.InvalidInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them: {@code 256Mi}, {@code 1Gi}, or bytes. */
public final class Memory {
    /** Of the notation above. */
    public static final String PATTERN = "(\\d{1,12})(Ki|Mi|Gi)?";

    private static final Pattern FORM = Pattern.compile(PATTERN);
    private static final long KIBI = 1L << 10;

    private Memory() {}

    /** Reads the notation above, or fails naming {@code field}. */
    public static long parse(String field, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    field,
                    "invalid amount of memory \"" + Names.shown(text)
                            + "\": expected bytes, or for example 256Mi or 1Gi");
        }
        long amount = Long.parseLong(matcher.group(1));
        String unit = matcher.group(2);
        if (unit == null) {
            return amount;
        }
        try {
            return Math.multiplyExact(
                    amount,
                    switch (unit) {
                        case "Ki" -> KIBI;
                        case "Mi" -> KIBI * KIBI;
                        default -> KIBI * KIBI * KIBI;
                    });
        } catch (ArithmeticException e) {
            throw new InvalidInputException(field, "\"" + text + "\" is too large");
        }
    }

    /** The shortest of the notations above that says {@code bytes} exactly. */
    public static String format(long bytes) {
        if (bytes % (KIBI * KIBI * KIBI) == 0) {
            return bytes / (KIBI * KIBI * KIBI) + "Gi";
        }
        return bytes % (KIBI * KIBI) == 0 ? bytes / (KIBI * KIBI) + "Mi" : String.valueOf(bytes);
    }
}
