package dev.slipway.cli.terminal;

import java.util.regex.Pattern;

/**
 * Text that others wrote (log lines, messages, names), made harmless for a screen and for a CI log: no control
 * character moves the cursor, and no line is a command to the CI runner.
 */
public final class Untrusted {
    // The second class: bidirectional controls, which can show a text in another order than it has.
    private static final Pattern SPECIAL =
            Pattern.compile("[\\p{Cc}\\u200E\\u200F\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
    private static final Pattern RUNNER_COMMAND_START = Pattern.compile("^(\\s*):(?=:)");
    // Azure and the first syntax of GitHub look for these anywhere in a line.
    private static final Pattern RUNNER_COMMAND = Pattern.compile("##(?=(?i:vso|teamcity|section|command|group)?\\[)");

    private Untrusted() {}

    /** {@code text} as one line: controls in caret notation, line ends and tabs as blanks, commands broken up. */
    public static String line(String text) {
        String oneLine = RUNNER_COMMAND_START.matcher(plain(text)).replaceFirst("$1: ");
        return RUNNER_COMMAND.matcher(oneLine).replaceAll("# #");
    }

    private static String plain(String text) {
        if (!SPECIAL.matcher(text).find()) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length() + 16);
        text.strip().chars().forEach(c -> append(plain, (char) c));
        return plain.toString();
    }

    private static void append(StringBuilder plain, char c) {
        if (c == '\n' || c == '\r' || c == '\t' || c == '\u2028' || c == '\u2029') {
            plain.append(' ');
        } else if (c < 0x20 || c == 0x7f) {
            plain.append('^').append((char) (c ^ 0x40));
        } else if (SPECIAL.matcher(String.valueOf(c)).matches()) {
            plain.append("<U+").append(String.format("%04X", (int) c)).append('>');
        } else {
            plain.append(c);
        }
    }

    /** A JSON document that no terminal obeys: JSON itself escapes only the first of the control ranges. */
    public static String json(String document) {
        StringBuilder safe = new StringBuilder(document.length());
        document.chars().forEach(c -> {
            if (c >= 0x7f && c <= 0x9f) {
                safe.append(String.format("\\u%04x", c));
            } else {
                safe.append((char) c);
            }
        });
        return safe.toString();
    }
}
