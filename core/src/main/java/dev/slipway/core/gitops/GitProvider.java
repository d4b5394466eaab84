package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.input.Texts;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;
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
@Kind("Where CI jobs run, and who verifies them.")
public record GitProvider(
        @Field(value = "How projects refer to the provider.", form = Form.NAME)
        String name,

        @Field("The CI system, which decides how jobs authenticate: GitLab by its job token, the others by OIDC"
                + " tokens.")
        Type type,

        @Field("The base URL of its pages and API, for example https://gitlab.example.com.")
        URI url,

        @Field(
                value = "The issuer of the OIDC tokens of its jobs. Not needed for GitLab.",
                otherwise = "GitHub's; the `url` for `oidc`; `url/api/actions` for `gitea`")
        @Nullable
        URI issuer,

        @Field(value = "The required audience of OIDC tokens.", defaultValue = DEFAULT_AUDIENCE)
        String audience) {
    public static final String DEFAULT_AUDIENCE = "slipway";

    private static final URI GITHUB_ISSUER = URI.create("https://token.actions.githubusercontent.com");

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
        url = web("url", url);
        issuer = issuer == null ? defaultIssuer(type, url) : web("issuer", issuer);
    }

    private static @Nullable URI defaultIssuer(Type type, URI url) {
        return switch (type) {
            case GITHUB -> GITHUB_ISSUER;
            case OIDC -> url;
            case GITEA -> URI.create(url + "/api/actions");
            case GITLAB -> null;
        };
    }

    private static URI web(String field, URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getUserInfo() != null || url.getQuery() != null) {
            throw new InvalidInputException(
                    field,
                    "invalid URL \"" + Names.shown(url.toString()) + "\": for example https://gitlab.example.com");
        }
        String text = url.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
    }
}
