package dev.slipway.cli.chart;

import java.util.regex.Pattern;

/**
 * A pattern of {@code .helmignore}, which Helm matches with Go's {@code filepath.Match}: {@code *} and {@code ?} stop at
 * a slash, a class {@code [a-z]} or {@code [^a-z]} does not, and a backslash takes the meaning away.
 */
final class Glob {
    private final String text;
    private int at;

    private Glob(String text) {
        this.text = text;
    }

    /** The same as an expression; fails with {@link IllegalArgumentException} on what Go calls a bad pattern. */
    static Pattern compile(String text) {
        return Pattern.compile(new Glob(text).expression(), Pattern.DOTALL);
    }

    private String expression() {
        StringBuilder expression = new StringBuilder();
        while (at < text.length()) {
            int c = next();
            switch (c) {
                case '*' -> expression.append("[^/]*");
                case '?' -> expression.append("[^/]");
                case '[' -> expression.append(characterClass());
                case '\\' -> expression.append(literal(next()));
                default -> expression.append(literal(c));
            }
        }
        return expression.toString();
    }

    private String characterClass() {
        StringBuilder expression = new StringBuilder("[");
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
            expression.append('^');
        }
        int ranges = 0;
        while (ranges == 0 || text.codePointAt(requireMore()) != ']') {
            int low = classCharacter();
            int high = low;
            if (text.codePointAt(requireMore()) == '-') {
                at++;
                high = classCharacter();
            }
            // Go takes a range that is upside down, and nothing is in it.
            if (low <= high) {
                expression.append(literal(low)).append('-').append(literal(high));
            }
            ranges++;
        }
        at++;
        return expression.append(']').toString();
    }

    private int classCharacter() {
        requireMore();
        int c = next();
        if (c == '-' || c == ']') {
            throw bad();
        }
        return c == '\\' ? next() : c;
    }

    private int requireMore() {
        if (at >= text.length()) {
            throw bad();
        }
        return at;
    }

    private int next() {
        int c = text.codePointAt(requireMore());
        at += Character.charCount(c);
        return c;
    }

    private static String literal(int c) {
        return "\\x{" + Integer.toHexString(c) + "}";
    }

    private IllegalArgumentException bad() {
        return new IllegalArgumentException("invalid pattern \"" + text + "\"");
    }
}
