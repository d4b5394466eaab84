package dev.slipway.api.deployment;

import dev.slipway.core.deployment.DeploymentKind;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.deployment.IdempotencyKey;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a feature does for its deployments when somebody asks for one of whichever kind. A bean of it is all that a kind needs. */
public interface DeploymentFeature {
    DeploymentKind kind();

    /** A deployment as it is shown. */
    Object view(DeploymentId id);

    /** Deployments as lists show them, by id. */
    Map<DeploymentId, ?> summaries(List<DeploymentId> ids);

    /** Stops it; {@code revert} asks for what was there before. Fails with {@code NotPossibleNow} where it has ended. */
    void cancel(DeploymentId id, @Nullable String reason, boolean revert);

    /** Brings back what was there before: the answer, and the deployment that it is about. */
    RollbackAnswer rollBack(DeploymentId id, @Nullable String reason, @Nullable IdempotencyKey key);

    /** {@code body} is JSON. */
    record RollbackAnswer(DeploymentId deployment, String body) {}
}
