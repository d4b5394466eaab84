package dev.slipway.api.release;

import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.release.Accepted;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentAcceptance;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.release.NewDeployment;
import dev.slipway.store.release.ReleaseStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Takes deployments in: the row is committed first, then the workflow is started. */
@Service
class DeploymentRequests {
    private final TemporalCalls temporal;
    private final DeploymentAcceptance acceptance;
    private final DeploymentStore deployments;
    private final EnvironmentStore environments;
    private final ReleaseStore releases;
    private final DeploymentStarts starts;
    private final JsonMapper json;

    DeploymentRequests(
            TemporalCalls temporal,
            DeploymentAcceptance acceptance,
            DeploymentStore deployments,
            EnvironmentStore environments,
            ReleaseStore releases,
            DeploymentStarts starts,
            JsonMapper json) {
        this.temporal = temporal;
        this.acceptance = acceptance;
        this.deployments = deployments;
        this.environments = environments;
        this.releases = releases;
        this.starts = starts;
        this.json = json;
    }

    Accepted deploy(NewDeployment asked, @Nullable IdempotencyKey key) {
        temporal.requireReachable();
        Accepted accepted;
        try {
            accepted = acceptance.accept(
                    asked, key, (deployment, tasks) -> json.writeValueAsString(DeploymentView.of(deployment, tasks)));
        } catch (SlipwayException e) {
            throw switch (e.type()) {
                case UNKNOWN_ENVIRONMENT -> UnknownReferences.environment(asked.environment(), environments);
                case UNKNOWN_RELEASE ->
                    UnknownReferences.release(asked.release().toString(), releases);
                default -> e;
            };
        }
        return started(accepted);
    }

    private Accepted started(Accepted accepted) {
        if (accepted.deployment().status() == DeploymentStatus.PENDING) {
            starts.attempt(accepted.deployment());
        }
        return accepted;
    }

    /** Deploys what ran before {@code ended}: a deployment of its own, unless this was asked while it was under way. */
    Accepted rollBack(Deployment ended, @Nullable String reason, @Nullable IdempotencyKey key) {
        Optional<Accepted> earlier = acceptance.answered(key);
        if (earlier.isPresent()) {
            return started(earlier.get());
        }
        ReleaseReference before = deployments
                .latestCompletedOther(ended.environment(), ended.release())
                .orElseThrow(() -> new SlipwayException(
                        FailureType.NO_ROLLBACK_TARGET,
                        "No release other than " + ended.release() + " was ever completed in environment \""
                                + ended.environment() + "\", so no rollback is possible"));
        return deploy(
                new NewDeployment(
                        DeploymentIds.next(),
                        ended.environment(),
                        before,
                        Strategy.AllAtOnce.TEN,
                        OnFailure.STOP,
                        false,
                        ended.id(),
                        DeploymentMessage.ROLLBACK_ACCEPTED.with(
                                "deployment", ended.id(), "subject", before, "reason", reason),
                        Actor.OPERATOR),
                key);
    }
}
