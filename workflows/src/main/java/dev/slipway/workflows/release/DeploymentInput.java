package dev.slipway.workflows.release;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.workflows.deployment.DeploymentStart;
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
        Actor actor,
        @Nullable Progress progress) {
    /** How the workflow is started. */
    public DeploymentStart start() {
        boolean rollback = rollbackOf != null;
        return new DeploymentStart(
                deployment,
                DeploymentKind.RELEASE,
                rollback ? RollbackWorkflow.TYPE : ReleaseDeploymentWorkflow.TYPE,
                environment,
                (rollback ? "Roll back to " : "Deploy ") + release + " in " + environment,
                this);
    }

    DeploymentInput after(Progress made) {
        return new DeploymentInput(
                deployment,
                environment,
                release,
                concurrency,
                strategy,
                onFailure,
                targets,
                force,
                rollbackOf,
                actor,
                made);
    }
}
