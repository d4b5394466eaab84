package dev.slipway.workflows.release;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Deploys what ran before a deployment that has ended: a deployment of its own, all at once. The same as
 * {@link ReleaseDeploymentWorkflow}, under the name by which Temporal lists rollbacks.
 */
@WorkflowInterface
public interface RollbackWorkflow {
    String TYPE = "Rollback";

    @WorkflowMethod(name = TYPE)
    DeploymentResult rollBack(DeploymentInput input);
}
