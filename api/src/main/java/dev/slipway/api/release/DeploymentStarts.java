package dev.slipway.api.release;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.store.release.Deployment;
import dev.slipway.workflows.release.DeploymentInput;
import dev.slipway.workflows.release.DeploymentStart;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts the workflows of deployments whose rows are committed. */
@Component
class DeploymentStarts {
    private static final Logger log = LoggerFactory.getLogger(DeploymentStarts.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final TemporalCalls temporal;

    DeploymentStarts(TemporalCalls temporal) {
        this.temporal = temporal;
    }

    /** Starts the workflow, if that is possible now. Otherwise the sweep will: the deployment is accepted either way. */
    void attempt(Deployment deployment) {
        try {
            start(deployment);
        } catch (StatusRuntimeException | WorkflowException e) {
            log.warn(
                    "Deployment {} is accepted but could not be started yet; the sweep will start it",
                    deployment.id(),
                    e);
        }
    }

    /** Starts the workflow, unless it was started before. */
    void start(Deployment deployment) {
        DeploymentInput input = new DeploymentInput(
                deployment.id(),
                deployment.environment(),
                deployment.release(),
                deployment.concurrency(),
                deployment.strategy(),
                deployment.onFailure(),
                deployment.targets(),
                deployment.force(),
                deployment.rollbackOf(),
                null);
        temporal.within(LIMIT, () -> {
            DeploymentStart.start(temporal.client(), input);
            return input;
        });
    }
}
