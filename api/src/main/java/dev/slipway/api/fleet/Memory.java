package dev.slipway.api.fleet;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory as people write them: {@code 256Mi}, {@code 1Gi}, or bytes. */
final class Memory {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12})(Ki|Mi|Gi)?");
    private static final long KIBI = 1L << 10;

    private Memory() {}

    static long parse(String field, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    field, "\"" + Names.shown(text) + "\" is no amount of memory, as in 256Mi or 1Gi");
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
            throw new InvalidInputException(field, "\"" + text + "\" is more memory than there is");
        }
    }

    static String format(long bytes) {
        if (bytes % (KIBI * KIBI * KIBI) == 0) {
            return bytes / (KIBI * KIBI * KIBI) + "Gi";
        }
        return bytes % (KIBI * KIBI) == 0 ? bytes / (KIBI * KIBI) + "Mi" : String.valueOf(bytes);
    }
}
