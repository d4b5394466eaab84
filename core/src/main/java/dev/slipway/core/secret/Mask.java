package dev.slipway.core.secret;

import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Replaces secrets in text that people read, in whichever form they are written there. It never shows what it hides.
 *
 * <p>Text is masked before it is cut, because half a secret is found by nobody. Whoever can only read a part of a text
 * puts {@link #CUT} where it was cut.
 */
public final class Mask {
    public static final Mask NOTHING = new Mask(Set.of());

    /** Where a text begins or ends with this, what stands next to it is hidden if it may be a part of a secret. */
    public static final String CUT = "[…]";

    // Masking shorter ones would hide half of every line, and give the secret away by doing so.
    private static final int SHORTEST_SECRET = 4;
    private static final String HIDDEN = "***";
    private static final char HALF_A_CHARACTER = '\uFFFD';
    private static final List<String> TELLING =
            List.of("PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "SECRET", "KEY", "CREDENTIAL");

    private final Set<String> secrets;
    private final List<String> forms;

    private Mask(Set<String> secrets) {
        this.secrets = secrets;
        this.forms = secrets.stream()
                .flatMap(secret -> SecretForms.of(secret).stream())
                .distinct()
                .toList();
    }

    /** Hides these values. */
    public static Mask of(Collection<String> secrets) {
        return NOTHING.and(secrets);
    }

    /** Hides the values of the variables whose names tell that they are secret. */
    public static Mask ofVariables(Map<String, String> environment) {
        return NOTHING.andVariables(environment);
    }

    /** Hides the values of these variables too, as far as their names tell that they are secret. */
    public Mask andVariables(Map<String, String> environment) {
        return and(environment.entrySet().stream()
                .filter(variable -> isTelling(variable.getKey()))
                .map(Map.Entry::getValue)
                .toList());
    }

    /** Hides these values too. */
    public Mask and(Collection<String> more) {
        Set<String> all = new LinkedHashSet<>(secrets);
        more.stream()
                .map(String::strip)
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .forEach(all::add);
        return all.equals(secrets) ? this : new Mask(all);
    }

    /** {@code text} with every secret replaced. */
    public String apply(String text) {
        BitSet hidden = new BitSet();
        for (String form : forms) {
            for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
                hidden.set(at, at + form.length());
            }
        }
        hideParts(text, hidden);
        return hidden.isEmpty() ? text : replaced(text, hidden);
    }

    /** Hides what a cut at the beginning or the end of {@code text} may have left of a secret. */
    private void hideParts(String text, BitSet hidden) {
        boolean cutBefore = text.startsWith(CUT);
        boolean cutAfter = text.endsWith(CUT);
        if (text.equals(CUT) || !(cutBefore || cutAfter)) {
            return;
        }
        int from = cutBefore ? CUT.length() : 0;
        int to = text.length() - (cutAfter ? CUT.length() : 0);
        while (cutBefore && from < to && text.charAt(from) == HALF_A_CHARACTER) {
            from++;
        }
        while (cutAfter && from < to && text.charAt(to - 1) == HALF_A_CHARACTER) {
            to--;
        }
        String left = text.substring(from, to);
        for (String form : forms) {
            if (cutBefore) {
                hidden.set(from, from + lengthOfEnd(form, left));
            }
            if (cutAfter) {
                hidden.set(to - lengthOfBeginning(form, left), to);
            }
            if (cutBefore && cutAfter && form.contains(left)) {
                hidden.set(from, to);
            }
        }
    }

    /** With how many characters of the end of {@code form} {@code text} begins. */
    private static int lengthOfEnd(String form, String text) {
        int length = Math.min(form.length(), text.length());
        while (!text.regionMatches(0, form, form.length() - length, length)) {
            length--;
        }
        return length;
    }

    /** With how many characters of the beginning of {@code form} {@code text} ends. */
    private static int lengthOfBeginning(String form, String text) {
        int length = Math.min(form.length(), text.length());
        while (!text.regionMatches(text.length() - length, form, 0, length)) {
            length--;
        }
        return length;
    }

    private static String replaced(String text, BitSet hidden) {
        StringBuilder shown = new StringBuilder();
        int end = 0;
        for (int at = hidden.nextSetBit(0); at >= 0; at = hidden.nextSetBit(end)) {
            shown.append(text, end, at).append(HIDDEN);
            end = hidden.nextClearBit(at);
        }
        return shown.append(text, end, text.length()).toString();
    }

    private static boolean isTelling(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return TELLING.stream().anyMatch(upper::contains);
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
