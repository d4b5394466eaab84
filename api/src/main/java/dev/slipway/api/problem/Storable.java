package dev.slipway.api.problem;

/** Which text the database can keep. */
public final class Storable {
    private Storable() {}

    /** Whether {@code text} holds neither NUL nor half a character. */
    public static boolean isText(String text) {
        return text.codePoints()
                .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
