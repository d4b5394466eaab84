package dev.slipway.api.gitops;

import dev.slipway.api.deployment.WorkflowStarts;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.store.gitops.GitOpsDeployment;
import dev.slipway.workflows.gitops.GitOpsInput;
import io.temporal.client.WorkflowClient;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Starts the workflows of deployments whose rows are committed. */
@Component
class GitOpsStarts {
    private final WorkflowStarts starts;

    GitOpsStarts(WorkflowStarts starts) {
        this.starts = starts;
    }

    /** Starts the workflow, if that is possible now. Otherwise the sweep will: the deployment is accepted either way. */
    void attempt(GitOpsDeployment deployment) {
        if (deployment.status() == GitOpsStatus.PENDING) {
            starts.attempt(deployment.id(), workflowOf(deployment));
        }
    }

    /** Starts the workflow, unless it was started before. */
    void start(GitOpsDeployment deployment) {
        starts.start(workflowOf(deployment));
    }

    private static Consumer<WorkflowClient> workflowOf(GitOpsDeployment deployment) {
        GitOpsInput input = new GitOpsInput(
                deployment.id(),
                deployment.plan(),
                deployment.chart(),
                deployment.job(),
                deployment.plan().concurrency(),
                deployment.rollbackOf(),
                deployment.actor(),
                null);
        return input.start()::by;
    }
}
