package dev.slipway.core.input;

import dev.slipway.core.failure.InvalidInputException;
import java.util.regex.Pattern;

/** The one rule for names of environments, targets, nodes, components and releases: a DNS label, so that it is safe everywhere. */
public final class Names {
    /** Of every name. */
    public static final String PATTERN = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

    private static final Pattern NAME = Pattern.compile(PATTERN);
    private static final int SHOWN = 80;

    private Names() {}

    /** Returns {@code name}, or fails naming {@code field}. */
    public static String requireName(String field, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    field,
                    "invalid name \"" + shown(name)
                            + "\": use up to 63 lower-case letters, digits and dashes, for example web-1");
        }
        return name;
    }

    /** {@code text} as an error message may repeat it: without control characters, and cut when it is long. */
    public static String shown(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= SHOWN ? printable : printable.substring(0, SHOWN) + "…";
    }
}
