package dev.slipway.activities.kubernetes;

import dev.slipway.core.secret.Mask;
import dev.slipway.core.secret.SecretShapes;
import dev.slipway.core.text.TerminalEscapes;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a container wrote, made fit to be shown: no escapes, and no secrets. Values from Secrets are not known here, as they
 * may not be read; they are hidden where they look like secrets.
 */
final class LastWords {
    private static final int LARGEST = 64 << 10;
    private static final int LONGEST = 4000;
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029&&[^\\n\\t]]+");

    private LastWords() {}

    /** The end of {@code text}, without the values of {@code variables} whose names tell that they are secret. */
    static String of(String text, Map<String, String> variables) {
        String plain = UNSEEN.matcher(TerminalEscapes.remove(end(text, LARGEST)))
                .replaceAll("")
                .strip();
        String masked = SecretShapes.hide(Mask.ofVariables(variables).apply(plain));
        return end(masked, LONGEST);
    }

    private static String end(String text, int longest) {
        return text.length() <= longest ? text : Mask.CUT + text.substring(text.length() - longest);
    }

    /** The variables that the specification of {@code container} gives literally. */
    static Map<String, String> variables(Tree container) {
        return container.items("env").stream()
                .filter(variable -> variable.text("value").isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        variable -> variable.text("name").orElse(""),
                        variable -> variable.text("value").orElse(""),
                        (_, last) -> last));
    }
}
