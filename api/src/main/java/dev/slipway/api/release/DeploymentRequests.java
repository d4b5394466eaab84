package dev.slipway.api.release;

import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.api.deployment.DeploymentIntake;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.store.deployment.Acceptance.Written;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.release.NewDeployment;
import dev.slipway.store.release.NewDeployments;
import dev.slipway.store.release.ReleaseStore;
import dev.slipway.workflows.release.DeploymentInput;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Takes deployments of releases in. */
@Service
class DeploymentRequests {
    private final TemporalCalls temporal;
    private final DeploymentIntake intake;
    private final NewDeployments newDeployments;
    private final DeploymentStore deployments;
    private final EnvironmentStore environments;
    private final ReleaseStore releases;
    private final JsonMapper json;

    DeploymentRequests(
            TemporalCalls temporal,
            DeploymentIntake intake,
            NewDeployments newDeployments,
            DeploymentStore deployments,
            EnvironmentStore environments,
            ReleaseStore releases,
            JsonMapper json) {
        this.temporal = temporal;
        this.intake = intake;
        this.newDeployments = newDeployments;
        this.deployments = deployments;
        this.environments = environments;
        this.releases = releases;
        this.json = json;
    }

    Answer deploy(NewDeployment asked, @Nullable IdempotencyKey key) {
        temporal.requireReachable();
        return intake.accept(key, () -> write(asked));
    }

    /** Within the transaction in which it is accepted. */
    Written write(NewDeployment asked) {
        Deployment deployment = insert(asked);
        DeploymentView view = DeploymentView.of(deployment, deployments.tasks(deployment.id()));
        return new Written(deployment.id(), input(deployment).start().json(), json.writeValueAsString(view));
    }

    private Deployment insert(NewDeployment asked) {
        try {
            return newDeployments.insert(asked);
        } catch (InvalidInputException e) {
            // Each value is of the right form; they do not go together.
            throw new UnprocessableException(e.field(), String.valueOf(e.getMessage()));
        } catch (SlipwayException e) {
            throw switch (e.type()) {
                case UNKNOWN_ENVIRONMENT -> UnknownReferences.environment(asked.environment(), environments);
                case UNKNOWN_RELEASE -> UnknownReferences.release(asked.release(), releases);
                default -> e;
            };
        }
    }

    private static DeploymentInput input(Deployment deployment) {
        return new DeploymentInput(
                deployment.id(),
                deployment.environment(),
                deployment.release(),
                deployment.concurrency(),
                deployment.strategy(),
                deployment.onFailure(),
                deployment.targets(),
                deployment.force(),
                deployment.rollbackOf(),
                deployment.actor(),
                null);
    }

    /** Deploys what ran before {@code ended}: a deployment of its own. */
    Answer rollBack(Deployment ended, @Nullable String reason, @Nullable IdempotencyKey key) {
        temporal.requireReachable();
        return intake.accept(key, () -> write(rollback(ended, reason)));
    }

    private NewDeployment rollback(Deployment ended, @Nullable String reason) {
        ReleaseReference before = deployments
                .latestCompletedOther(ended.environment(), ended.release())
                .orElseThrow(() -> new SlipwayException(
                        FailureType.NO_ROLLBACK_TARGET,
                        "No release other than " + ended.release() + " was ever completed in environment \""
                                + ended.environment() + "\", so no rollback is possible"));
        return new NewDeployment(
                DeploymentIds.next(),
                ended.environment(),
                before,
                Strategy.AllAtOnce.TEN,
                OnFailure.STOP,
                false,
                ended.id(),
                DeploymentMessage.ROLLBACK_ACCEPTED.with("deployment", ended.id(), "subject", before, "reason", reason),
                Actor.OPERATOR);
    }
}
