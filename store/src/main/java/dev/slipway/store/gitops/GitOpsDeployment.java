package dev.slipway.store.gitops;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.message.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A GitOps deployment as it was accepted, and what it has come to. {@code iacCommit}: the one that holds the chart, once it
 * is pushed.
 */
public record GitOpsDeployment(
        DeploymentId id,
        GitOpsPlan plan,
        ChartVersion chart,
        Job job,
        @Nullable DeploymentId rollbackOf,
        @Nullable String iacCommit,
        GitOpsStatus status,
        Message message,
        Actor actor,
        @Nullable Failure failure,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    public boolean ended() {
        return endedAt != null;
    }

    public Phase phase() {
        return status.phase();
    }
}
