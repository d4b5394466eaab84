package dev.slipway.agent.docker;

import dev.slipway.agent.fleet.Installed;
import dev.slipway.agent.fleet.RevisionRecord;
import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Fence;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a container tells of itself: there is no other record of what runs in Docker. */
final class Labels {
    static final String ENVIRONMENT = "slipway.environment";
    static final String TARGET = "slipway.target";
    static final String DEPLOYMENT = "slipway.deployment";
    static final String REVISION = "slipway.revision";
    static final String DIGEST = "slipway.digest";
    static final String FENCE = "slipway.fence";

    private Labels() {}

    static Map<String, String> of(TargetKey target, RevisionRecord revision, Installed.Origin origin) {
        return Map.of(
                ENVIRONMENT, target.environment(),
                TARGET, target.target(),
                DEPLOYMENT, origin.deployment().value(),
                REVISION, revision.id(),
                DIGEST, revision.artifact().digest().value(),
                FENCE, origin.fence().toString());
    }

    /** Whose the container is; empty where it is not Slipway's. */
    static Optional<TargetKey> owner(Map<String, String> labels) {
        String environment = labels.get(ENVIRONMENT);
        String target = labels.get(TARGET);
        return environment == null || target == null
                ? Optional.empty()
                : Optional.of(new TargetKey(environment, target));
    }

    static Installed.@Nullable Origin origin(Map<String, String> labels) {
        String deployment = labels.get(DEPLOYMENT);
        String fence = labels.get(FENCE);
        return deployment == null || fence == null
                ? null
                : new Installed.Origin(new DeploymentId(deployment), Fence.parse(fence));
    }
}
