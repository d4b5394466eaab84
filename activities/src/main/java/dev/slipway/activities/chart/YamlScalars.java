package dev.slipway.activities.chart;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes text so that every reader of YAML, old or new, reads it as that text. */
final class YamlScalars {
    // Not what one version of YAML makes of it, but what any does: "no" and "1e3" are texts for some readers only.
    private static final Set<String> NO_TEXTS =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nil", "nan", "inf");
    private static final Pattern VERSION =
            Pattern.compile("\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}([-+][A-Za-z0-9.+-]*[A-Za-z0-9])?");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_/]([A-Za-z0-9._/@+-]|:(?=[A-Za-z0-9._/@+-]))*");
    // Only what comes back as it went in: 1.10 would come back as 1.1.
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,14})(\\.\\d{0,14}[1-9])?");
    private static final Pattern BOOLEAN = Pattern.compile("true|false");
    private static final Set<Tag> NUMBERS = Set.of(Tag.INT, Tag.FLOAT);

    private YamlScalars() {}

    /** As it stands where it can, and else in double quotes. */
    static String written(String value, boolean inFlow) {
        boolean plain = VERSION.matcher(value).matches()
                || (PLAIN.matcher(value).matches() && isText(value) && !(inFlow && value.contains(":")));
        return plain ? value : doubleQuoted(value);
    }

    /** Whether {@code old} need not be touched. */
    static boolean saysAlready(YamlNode.Scalar old, String value) {
        boolean text =
                old.style() != ScalarStyle.PLAIN || VERSION.matcher(value).matches() || isText(value);
        return text && old.tag().equals(Tag.STR) && old.value().equals(value);
    }

    /** What a plain number or boolean is read as when {@code value} takes its place as it stands; null where it may not. */
    static @Nullable Tag keptTag(YamlNode.Scalar old, String value) {
        if (old.style() != ScalarStyle.PLAIN) {
            return null;
        }
        if (old.tag().equals(Tag.BOOL)) {
            return BOOLEAN.matcher(value).matches() ? Tag.BOOL : null;
        }
        if (!NUMBERS.contains(old.tag()) || !NUMBER.matcher(value).matches() || value.equals("-0")) {
            return null;
        }
        return value.contains(".") ? Tag.FLOAT : Tag.INT;
    }

    private static boolean isText(String value) {
        return !value.isEmpty()
                && "+-.~=<0123456789".indexOf(value.charAt(0)) < 0
                && !NO_TEXTS.contains(value.toLowerCase(Locale.ROOT));
    }

    static String singleQuoted(String value) {
        return value.codePoints().allMatch(YamlScalars::isPlainCharacter)
                ? "'" + value.replace("'", "''") + "'"
                : doubleQuoted(value);
    }

    static String doubleQuoted(String value) {
        StringBuilder quoted = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (isPlainCharacter(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(c > 0xffff ? "\\U%08x" : "\\u%04x", c));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPlainCharacter(int c) {
        return (c >= ' ' && c <= '~') || (c > 0xa0 && Character.isLetterOrDigit(c));
    }
}
