package dev.slipway.store.release;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import org.jspecify.annotations.Nullable;

/** A deployment that is asked for. {@code message} is what its first event says, {@code actor} who asks. */
public record NewDeployment(
        DeploymentId id,
        String environment,
        ReleaseReference release,
        Strategy strategy,
        OnFailure onFailure,
        boolean force,
        @Nullable DeploymentId rollbackOf,
        Message message,
        Actor actor) {}
