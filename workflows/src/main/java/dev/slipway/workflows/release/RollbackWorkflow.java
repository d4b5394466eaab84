package dev.slipway.workflows.release;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Deploys what ran before a deployment that has ended: a deployment of its own, all at once. Workflow id:
 * {@code deployment/<id>}.
 */
@WorkflowInterface
public interface RollbackWorkflow extends DeploymentControl {
    String TYPE = "Rollback";

    /** Fails with the deployment's failure, so that Temporal tells a failed rollback from the others. */
    @WorkflowMethod(name = TYPE)
    DeploymentResult rollBack(DeploymentInput input);
}
