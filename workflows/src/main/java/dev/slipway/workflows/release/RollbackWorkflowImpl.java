package dev.slipway.workflows.release;

import io.temporal.workflow.WorkflowInit;

/** The same machinery, under the name by which Temporal lists rollbacks. */
public final class RollbackWorkflowImpl extends ControlledDeployment implements RollbackWorkflow {
    @WorkflowInit
    public RollbackWorkflowImpl(DeploymentInput input) {
        super(input);
    }

    @Override
    public DeploymentResult rollBack(DeploymentInput input) {
        return run();
    }
}
