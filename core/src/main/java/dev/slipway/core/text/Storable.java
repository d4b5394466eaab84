package dev.slipway.core.text;

/** Text that the database can keep: it takes neither NUL nor half a character. */
public final class Storable {
    private static final int REPLACEMENT = 0xFFFD;

    private Storable() {}

    /** Whether all of {@code text} can be kept. */
    public static boolean isText(String text) {
        return text.codePoints().allMatch(Storable::isKept);
    }

    /** {@code text} with the replacement character of Unicode for all that cannot be kept. */
    public static String text(String text) {
        return isText(text)
                ? text
                : text.codePoints()
                        .map(c -> isKept(c) ? c : REPLACEMENT)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isKept(int c) {
        return c != 0 && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }
}
