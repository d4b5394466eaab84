package dev.slipway.core.input;

import dev.slipway.core.failure.InvalidInputException;
import java.util.List;

/** Text that ends in a command line or a process environment: one line, no NUL, of a bounded size. */
public final class Texts {
    private static final int LONGEST = 8_192;
    private static final int MOST = 256;

    private Texts() {}

    /** Returns {@code text}, or fails naming {@code field}. */
    public static String requireLine(String field, String text) {
        if (text.length() > LONGEST) {
            throw new InvalidInputException(field, "is longer than " + LONGEST + " characters");
        }
        if (text.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
            throw new InvalidInputException(field, "must be one line without NUL");
        }
        return text;
    }

    /** Returns a copy of {@code lines}, or fails naming the element of {@code field} that is at fault. */
    public static List<String> requireLines(String field, List<String> lines) {
        if (lines.size() > MOST) {
            throw new InvalidInputException(field, "has more than " + MOST + " elements");
        }
        for (int i = 0; i < lines.size(); i++) {
            requireLine(field + "[" + i + "]", lines.get(i));
        }
        return List.copyOf(lines);
    }
}
