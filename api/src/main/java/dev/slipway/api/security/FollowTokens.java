package dev.slipway.api.security;

import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.secret.MasterKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Tokens by which a CI job follows the deployment that it asked for, and no other. They are made of the deployment's id,
 * which tells when they expire, and are kept nowhere.
 */
@Component
public class FollowTokens {
    private static final String PREFIX = "follow.";
    // A day of monitoring is the longest that can be asked for; what waits before and is reverted after fits as well.
    static final Duration LIFETIME = Duration.ofDays(3);

    private final MasterKey key;
    private final InstantSource clock;

    @Autowired
    FollowTokens(MasterKey key) {
        this(key, InstantSource.system());
    }

    FollowTokens(MasterKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** The token of a deployment: the same each time. */
    public String of(DeploymentId deployment) {
        return PREFIX + deployment + "." + proof(deployment.value());
    }

    /** The deployment that a token is of; empty for whatever is no such token, or too old. */
    Optional<DeploymentId> deployment(String token) {
        String[] parts = token.split("\\.", -1);
        if (!token.startsWith(PREFIX) || parts.length != 3) {
            return Optional.empty();
        }
        boolean genuine = MessageDigest.isEqual(
                parts[2].getBytes(StandardCharsets.UTF_8), proof(parts[1]).getBytes(StandardCharsets.UTF_8));
        return genuine ? Optional.of(new DeploymentId(parts[1])).filter(this::isRecent) : Optional.empty();
    }

    private boolean isRecent(DeploymentId deployment) {
        return DeploymentIds.createdAt(deployment)
                .filter(created -> clock.instant().isBefore(created.plus(LIFETIME)))
                .isPresent();
    }

    private String proof(String deployment) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.mac("follow " + deployment));
    }
}
