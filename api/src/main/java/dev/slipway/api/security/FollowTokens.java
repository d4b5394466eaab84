package dev.slipway.api.security;

import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.secret.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tokens by which a CI job follows the deployment that it asked for, and no other. They are made of the deployment's id and
 * kept nowhere.
 */
@Component
public class FollowTokens {
    private static final String PREFIX = "follow.";

    private final MasterKey key;

    FollowTokens(MasterKey key) {
        this.key = key;
    }

    /** The token of a deployment: the same each time. */
    public String of(DeploymentId deployment) {
        return PREFIX + deployment + "." + proof(deployment.value());
    }

    /** The deployment that a token is of; empty for whatever is no such token. */
    Optional<DeploymentId> deployment(String token) {
        String[] parts = token.split("\\.", -1);
        if (!token.startsWith(PREFIX) || parts.length != 3) {
            return Optional.empty();
        }
        boolean genuine = MessageDigest.isEqual(
                parts[2].getBytes(StandardCharsets.UTF_8), proof(parts[1]).getBytes(StandardCharsets.UTF_8));
        return genuine ? Optional.of(new DeploymentId(parts[1])) : Optional.empty();
    }

    private String proof(String deployment) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac("follow " + deployment));
    }
}
