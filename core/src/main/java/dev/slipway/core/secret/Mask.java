package dev.slipway.core.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces secrets in text that people read: as they are, URL-encoded, and in Base64 wherever in a longer encoding they
 * stand. It never shows what it hides.
 */
public final class Mask {
    public static final Mask NOTHING = new Mask(Set.of());

    // Masking shorter ones would hide half of every line, and give the secret away by doing so.
    private static final int SHORTEST_SECRET = 4;
    private static final int SHORTEST_ENCODING = 6;
    private static final String HIDDEN = "***";
    private static final List<String> TELLING =
            List.of("PASSWORD", "PASSWD", "PASSPHRASE", "TOKEN", "SECRET", "KEY", "CREDENTIAL");

    private final Set<String> secrets;
    private final Pattern hidden;

    private Mask(Set<String> secrets) {
        this.secrets = secrets;
        this.hidden = Pattern.compile(secrets.stream()
                .flatMap(secret -> forms(secret).stream())
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|")));
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
        return secrets.isEmpty() ? text : hidden.matcher(text).replaceAll(HIDDEN);
    }

    private static boolean isTelling(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return TELLING.stream().anyMatch(upper::contains);
    }

    private static List<String> forms(String secret) {
        List<String> forms = new ArrayList<>();
        forms.add(secret);
        String urlEncoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        forms.add(urlEncoded);
        forms.add(urlEncoded.replace("+", "%20"));
        for (int shift = 0; shift < 3; shift++) {
            addBase64(forms, secret.getBytes(StandardCharsets.UTF_8), shift);
        }
        return forms;
    }

    /** Adds what Base64 makes of {@code secret} behind {@code shift} other bytes, without the digits that it shares with neighbours. */
    private static void addBase64(List<String> forms, byte[] secret, int shift) {
        byte[] shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        int from = (shift * 8 + 5) / 6;
        int to = shifted.length * 8 / 6;
        if (to - from < SHORTEST_ENCODING) {
            return;
        }
        forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
        forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }

    @Override
    public String toString() {
        return HIDDEN;
    }
}
