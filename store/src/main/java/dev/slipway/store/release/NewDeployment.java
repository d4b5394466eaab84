package dev.slipway.store.release;

import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import org.jspecify.annotations.Nullable;

/** A deployment that is asked for. {@code reason} is the first sentence of its story. */
public record NewDeployment(
        DeploymentId id,
        String environment,
        ReleaseReference release,
        Strategy strategy,
        OnFailure onFailure,
        boolean force,
        @Nullable DeploymentId rollbackOf,
        String reason) {}
