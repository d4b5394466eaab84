package dev.slipway.api.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a feature does for its deployments when somebody asks for one of whichever kind. A bean of it is all that a kind needs. */
public interface DeploymentFeature {
    DeploymentKind kind();

    /** A deployment as it is shown. */
    DeploymentAnswer view(DeploymentId id);

    /** Deployments as lists show them, by id. */
    Map<DeploymentId, ? extends DeploymentAnswer> summaries(List<DeploymentId> ids);

    /** Fails with {@code UnknownTarget} where the deployment has no such target. */
    void requireTarget(DeploymentId id, String target);

    /** Deploys what was there before one that has ended: the answer, and the deployment that it is about. */
    IdempotencyKeys.Answer rollBack(DeploymentId ended, @Nullable String reason, @Nullable IdempotencyKey key);
}
