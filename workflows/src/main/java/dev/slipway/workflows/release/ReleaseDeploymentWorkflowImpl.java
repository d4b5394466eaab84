package dev.slipway.workflows.release;

import dev.slipway.workflows.deployment.Control;
import io.temporal.workflow.WorkflowInit;

/** A release on its way to the targets; the work itself is {@link Deployment}'s. */
public final class ReleaseDeploymentWorkflowImpl implements ReleaseDeploymentWorkflow {
    private final Deployment deployment;

    @WorkflowInit
    public ReleaseDeploymentWorkflowImpl(DeploymentInput input) {
        deployment = new Deployment(input);
        Control.of(deployment);
    }

    @Override
    public DeploymentResult deploy(DeploymentInput input) {
        return deployment.run();
    }
}
