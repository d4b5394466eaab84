package dev.slipway.core.secret;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Secrets that nobody has told us, known by how they look: in the logs of a program whose secrets are its own. It finds
 * what is written in a usual way, and no more; known values are better hidden by a {@link Mask}.
 */
public final class SecretShapes {
    private static final String HIDDEN = "***";
    private static final String HEADER = " [A-Z ]{0,30}PRIVATE KEY(?: BLOCK)?-----";

    // Quantifiers are bounded: whoever writes the text does not decide how long this takes.
    private static final List<Pattern> ALL = List.of(
            Pattern.compile("(?s)-----BEGIN" + HEADER + ".*?(?:-----END" + HEADER + "|\\z)"),
            // What is left of a key that began before the text does.
            Pattern.compile("(?s)\\A.*?-----END" + HEADER),
            Pattern.compile("(?<=[A-Za-z0-9+.-]://)[^\\s/?#@\"'<>]{1,1024}(?=@)"),
            Pattern.compile("(?<=(?i:Bearer|Basic) )[A-Za-z0-9._~+/=-]{8,4096}+"),
            Pattern.compile("\\beyJ[A-Za-z0-9_-]{5,2048}+\\.[A-Za-z0-9_-]{5,4096}+(?:\\.[A-Za-z0-9_-]{0,4096}+){0,3}"),
            Pattern.compile(
                    "\\b(?:gh[a-z]_|github_pat_|gl[a-z]{2,5}-|xox[a-z]-|hvs\\.|sk-|sk_live_)[A-Za-z0-9_.-]{12,4096}+"),
            Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            assignment("passw(?:or)?d|passphrase|token|secret|credential|key", "="),
            assignment("passw(?:or)?d|passphrase|token|secret|credential|(?:api|access|private)[_-]?key", ":"));

    private SecretShapes() {}

    /** A value behind a name that tells that it is secret, as of a printed environment, of JSON or of YAML. */
    private static Pattern assignment(String telling, String sign) {
        String name = "(?i)(?:" + telling + ")[A-Za-z0-9_.-]{0,64}";
        // JSON may stand in a text of JSON, and then its quotes behind backslashes.
        String before = "(" + name + "(?:\\\\{0,3}[\"'])?[ \\t]{0,8}" + sign + "[ \\t]{0,8})";
        // What is not closed is hidden to the end of the line.
        String inQuotes = "\\\\{0,3}\"(?:\\\\.|[^\"\\\\\\n]){1,4096}+\"?|'[^'\\n]{1,4096}+'?";
        return Pattern.compile(before + "(?:" + inQuotes + "|[^\\s\"'*]\\S{0,4096}+)");
    }

    /** {@code text} with everything hidden that looks like a secret. */
    public static String hide(String text) {
        String shown = text;
        for (Pattern shape : ALL) {
            String kept = shape.matcher("").groupCount() == 0 ? "" : "$1";
            shown = shape.matcher(shown).replaceAll(kept + HIDDEN);
        }
        return shown;
    }
}
