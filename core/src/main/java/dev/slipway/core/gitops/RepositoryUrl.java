package dev.slipway.core.gitops;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.regex.Pattern;

/**
 * Which repository is meant, however its URL is written: {@code gitlab.example.com/shop/web}, without scheme, user and
 * {@code .git}, the host in lower case, and a port only where it is not the usual one of the scheme.
 */
public record RepositoryUrl(@JsonValue String identity) {
    private static final Pattern IDENTITY =
            Pattern.compile("([a-z0-9.-]+|\\[[0-9a-f:.]+])(:\\d{1,5})?(/[A-Za-z0-9._~+-]+)+");

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RepositoryUrl {
        if (!IDENTITY.matcher(identity).matches()) {
            throw new InvalidInputException(
                    "repository",
                    "invalid repository \"" + Names.shown(identity)
                            + "\": expected HOST/PATH, for example git.example.com/shop/web");
        }
    }

    /** Reads any form that Git knows for https and ssh, or fails naming {@code field}. */
    public static RepositoryUrl parse(String field, String text) {
        GitRemote remote = GitRemote.parse(field, text);
        String path = remote.path();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        if (path.endsWith(".git")) {
            path = path.substring(0, path.length() - ".git".length());
        }
        if (path.isEmpty() || path.endsWith("/")) {
            throw new InvalidInputException(field, "has no repository name before \".git\"");
        }
        String port = remote.usesDefaultPort() ? "" : ":" + remote.port();
        return new RepositoryUrl(remote.host() + port + "/" + path);
    }

    /** A URL that leads there. How the repository was reached when it was declared is not kept: it makes no difference. */
    public String url() {
        // Only ssh has a port that https would take for its own.
        return (identity.contains(":443/") ? "ssh://git@" : "https://") + identity;
    }

    /** The part behind the host: {@code shop/web}. */
    public String path() {
        return identity.substring(identity.indexOf('/') + 1);
    }

    @Override
    public String toString() {
        return identity;
    }
}
