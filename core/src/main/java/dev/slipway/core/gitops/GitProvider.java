package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the repositories of apps are, and who tells whether a CI job is what it says it is.
 *
 * @param url the base of its web pages and of its API, such as {@code https://gitlab.example.com}
 * @param issuer of the OIDC tokens of its jobs; null for GitLab, which is asked about job tokens instead
 * @param audience that an OIDC token must be made out to
 */
public record GitProvider(
        String name, Type type, URI url, @Nullable URI issuer, String audience) {
    public static final String DEFAULT_AUDIENCE = "slipway";

    /** Who runs the jobs. */
    public enum Type {
        GITLAB,
        GITHUB,
        GITEA,
        OIDC;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public GitProvider {
        Names.requireName("name", name);
        Texts.requireLine("audience", audience);
        requireWeb("url", url);
        if (issuer != null) {
            requireWeb("issuer", issuer);
        }
        if (issuer == null && type != Type.GITLAB) {
            throw new InvalidInputException("issuer", "is missing; it signs the OIDC tokens of the jobs");
        }
    }

    private static void requireWeb(String field, URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
            throw new InvalidInputException(
                    field, "\"" + Names.shown(url.toString()) + "\" is no address, as in https://gitlab.example.com");
        }
    }
}
