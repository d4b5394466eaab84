package dev.slipway.store.release;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A deployment as it was accepted, and what it has come to. {@code targets}: how many tasks it has. */
public record Deployment(
        DeploymentId id,
        String environment,
        ReleaseReference release,
        Concurrency concurrency,
        Strategy strategy,
        OnFailure onFailure,
        boolean force,
        int targets,
        @Nullable DeploymentId rollbackOf,
        DeploymentStatus status,
        boolean waiting,
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
        return waiting && !ended() ? Phase.WAITING : status.phase();
    }
}
