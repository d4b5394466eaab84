package dev.slipway.workflows.release;

import io.temporal.workflow.WorkflowInit;

/** A deployment that somebody asked for. */
public final class ReleaseDeploymentWorkflowImpl extends ControlledDeployment implements ReleaseDeploymentWorkflow {
    @WorkflowInit
    public ReleaseDeploymentWorkflowImpl(DeploymentInput input) {
        super(input);
    }

    @Override
    public DeploymentResult deploy(DeploymentInput input) {
        return run();
    }
}
