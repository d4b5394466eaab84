package dev.slipway.api.release;

import dev.slipway.api.deployment.WorkflowStarts;
import dev.slipway.store.release.Deployment;
import dev.slipway.workflows.release.DeploymentInput;
import io.temporal.client.WorkflowClient;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Starts the workflows of deployments whose rows are committed. */
@Component
class DeploymentStarts {
    private final WorkflowStarts starts;

    DeploymentStarts(WorkflowStarts starts) {
        this.starts = starts;
    }

    /** Starts the workflow, if that is possible now. Otherwise the sweep will: the deployment is accepted either way. */
    void attempt(Deployment deployment) {
        starts.attempt(deployment.id(), workflowOf(deployment));
    }

    /** Starts the workflow, unless it was started before. */
    void start(Deployment deployment) {
        starts.start(workflowOf(deployment));
    }

    private static Consumer<WorkflowClient> workflowOf(Deployment deployment) {
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
                deployment.actor(),
                null);
        return input.start()::by;
    }
}
