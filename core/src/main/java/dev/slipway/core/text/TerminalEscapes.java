package dev.slipway.core.text;

import java.util.regex.Pattern;

/** Sequences that a terminal obeys rather than shows: colours, titles, links. */
public final class TerminalEscapes {
    private static final Pattern ESCAPE =
            Pattern.compile("\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?)");

    private TerminalEscapes() {}

    /** {@code text} without them. */
    public static String remove(String text) {
        return ESCAPE.matcher(text).replaceAll("");
    }
}
