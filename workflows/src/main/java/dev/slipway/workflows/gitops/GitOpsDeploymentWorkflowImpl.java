package dev.slipway.workflows.gitops;

import dev.slipway.workflows.deployment.Control;
import io.temporal.workflow.WorkflowInit;

/** A chart on its way to the cluster; the work itself is {@link GitOpsDeployment}'s. */
public final class GitOpsDeploymentWorkflowImpl implements GitOpsDeploymentWorkflow {
    private final GitOpsDeployment deployment;

    @WorkflowInit
    public GitOpsDeploymentWorkflowImpl(GitOpsInput input) {
        deployment = new GitOpsDeployment(input);
        Control.of(deployment);
    }

    @Override
    public GitOpsResult deploy(GitOpsInput same) {
        return deployment.run();
    }

    @Override
    public void pushed(PushResult result) {
        deployment.pushed(result);
    }

    @Override
    public void look() {
        deployment.look();
    }
}
