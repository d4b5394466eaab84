package dev.slipway.workflows.release;

import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment starts from. {@code targets} is how many there are; the plan itself is read in windows, so that its
 * size never meets the limit of a payload. {@code force} redoes targets that already run the release. {@code progress}
 * is null at first, and what the run before this one had come to after a continue-as-new.
 */
public record DeploymentInput(
        DeploymentId deployment,
        String environment,
        ReleaseReference release,
        Concurrency concurrency,
        Strategy strategy,
        OnFailure onFailure,
        int targets,
        boolean force,
        @Nullable DeploymentId rollbackOf,
        @Nullable Progress progress) {
    DeploymentInput after(Progress made) {
        return new DeploymentInput(
                deployment, environment, release, concurrency, strategy, onFailure, targets, force, rollbackOf, made);
    }
}
