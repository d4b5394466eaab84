package dev.slipway.core.fleet;

import dev.slipway.core.artifact.Digest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of {@code ${version}}, {@code ${digest}} and {@code ${target}}: plain substitution, once, and nothing else. */
public record Placeholders(String version, Digest digest, String target) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(version|digest|target)}");

    /** {@code text} with the three placeholders replaced; everything else, other {@code ${…}} too, stays as it is. */
    public String fill(String text) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        switch (match.group(1)) {
                            case "version" -> version;
                            case "digest" -> digest.value();
                            default -> target;
                        }));
    }
}
