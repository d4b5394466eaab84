package dev.slipway.core.gitops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.manifest.Field;
import dev.slipway.core.manifest.Form;
import dev.slipway.core.manifest.Kind;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who tells that there may be something to see, and what about.
 *
 * @param secret names a secret, which deliveries are signed with
 * @param cluster the one that Flux tells of; null for the others
 * @param iacRepository the one that a Git provider tells of; null for Flux
 */
@Kind("A sender of notifications about a cluster or an IaC repository.")
public record Webhook(
        @Field(value = "The last segment of its URL: /api/webhooks/NAME.", form = Form.NAME)
        String name,

        @Field("The sender, which decides how deliveries are signed.")
        Type type,

        @Field(value = "The key that signs deliveries. gitlab: the signing token, whsec_….", form = Form.SECRET)
        String secret,

        @Field(
                value = "Type flux only: the cluster whose notification-controller sends.",
                form = Form.NAME,
                type = "name of a Cluster")
        @Nullable
        String cluster,

        @Field(
                value = "Types github, gitea and gitlab: the repository whose pushes are sent.",
                form = Form.NAME,
                type = "name of an IacRepository")
        @Nullable
        String iacRepository) {
    private static final String SIGNING_TOKEN = "whsec_";

    /** The sender, which decides how deliveries are signed. */
    public enum Type {
        /** The notification-controller, by a provider of type {@code generic-hmac}. */
        FLUX,
        GITHUB,
        GITEA,
        /** By a signing token. The older secret token proves nothing about what is sent. */
        GITLAB;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Webhook {
        Names.requireName("name", name);
        Names.requireName("secret", secret);
        if (type == Type.FLUX) {
            requireOnly("cluster", cluster, "iacRepository", iacRepository, type);
        } else {
            requireOnly("iacRepository", iacRepository, "cluster", cluster, type);
        }
    }

    private static void requireOnly(
            String wanted, @Nullable String name, String other, @Nullable String otherName, Type type) {
        if (name == null) {
            throw new InvalidInputException(
                    wanted, "is missing; it is the object that " + type.wireName() + " reports on");
        }
        if (otherName != null) {
            throw new InvalidInputException(other, "does not apply to type " + type.wireName());
        }
        Names.requireName(wanted, name);
    }

    /** The key that deliveries are signed with, from the value of the secret; fails naming {@code secret}. */
    public byte[] key(String value) {
        byte[] key = type == Type.GITLAB ? ofSigningToken(value) : value.getBytes(UTF_8);
        if (key.length == 0) {
            throw new InvalidInputException("secret", "\"" + secret + "\" is empty, so signatures would prove nothing");
        }
        return key;
    }

    private byte[] ofSigningToken(String value) {
        try {
            if (value.startsWith(SIGNING_TOKEN)) {
                return Base64.getDecoder().decode(value.substring(SIGNING_TOKEN.length()));
            }
        } catch (IllegalArgumentException e) {
            // Its message would hold a part of the token.
        }
        throw new InvalidInputException(
                "secret",
                "invalid GitLab signing token \"" + secret + "\": expected a token that begins with " + SIGNING_TOKEN);
    }
}
