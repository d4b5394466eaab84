package dev.slipway.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.secret.MasterKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class FollowTokensTest {
    private final MasterKey key = MasterKey.ofBase64(Base64.getEncoder().encodeToString(new byte[32]));
    private final DeploymentId id = DeploymentIds.next();
    private final Instant created = DeploymentIds.createdAt(id).orElseThrow();

    private FollowTokens at(Instant now) {
        return new FollowTokens(key, InstantSource.fixed(now));
    }

    @Test
    void holdUntilTheDeploymentMustHaveEnded() {
        String token = at(created).of(id);

        assertThat(at(created.plus(FollowTokens.LIFETIME).minusMillis(1)).deployment(token))
                .contains(id);
        assertThat(at(created.plus(FollowTokens.LIFETIME)).deployment(token)).isEmpty();
    }

    @Test
    void cannotBeMadeYoungerByAnotherId() {
        String other = DeploymentIds.next().value();
        String forged = at(created).of(id).replace(id.value(), other);

        assertThat(at(created).deployment(forged)).isEmpty();
    }

    @Test
    void areNotMadeOfIdsThatTellNoTime() {
        assertThat(at(created).deployment(at(created).of(new DeploymentId("dep1"))))
                .isEmpty();
    }
}
