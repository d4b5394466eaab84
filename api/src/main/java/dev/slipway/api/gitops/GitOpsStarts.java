package dev.slipway.api.gitops;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.store.gitops.GitOpsDeployment;
import dev.slipway.workflows.gitops.GitOpsInput;
import dev.slipway.workflows.gitops.GitOpsStart;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts the workflows of deployments whose rows are committed. */
@Component
class GitOpsStarts {
    private static final Logger log = LoggerFactory.getLogger(GitOpsStarts.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final TemporalCalls temporal;

    GitOpsStarts(TemporalCalls temporal) {
        this.temporal = temporal;
    }

    /** Starts the workflow, if that is possible now. Otherwise the sweep will: the deployment is accepted either way. */
    void attempt(GitOpsDeployment deployment) {
        if (deployment.status() != GitOpsStatus.PENDING) {
            return;
        }
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
    void start(GitOpsDeployment deployment) {
        GitOpsInput input = new GitOpsInput(
                deployment.id(),
                deployment.plan(),
                deployment.chart(),
                deployment.job(),
                deployment.rollbackOf(),
                null);
        temporal.within(LIMIT, () -> {
            GitOpsStart.start(temporal.client(), input);
            return input;
        });
    }
}
