package dev.slipway.workflows.release;

import dev.slipway.workflows.deployment.Control;
import io.temporal.workflow.WorkflowInit;

/** What ran before on its way back to the targets; the work itself is {@link Deployment}'s. */
public final class RollbackWorkflowImpl implements RollbackWorkflow {
    private final Deployment deployment;

    @WorkflowInit
    public RollbackWorkflowImpl(DeploymentInput input) {
        deployment = new Deployment(input);
        Control.of(deployment);
    }

    @Override
    public DeploymentResult rollBack(DeploymentInput input) {
        return deployment.run();
    }
}
