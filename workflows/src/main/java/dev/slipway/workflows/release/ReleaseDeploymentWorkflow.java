package dev.slipway.workflows.release;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Deploys a release to the targets of an environment. Workflow id: {@code deployment/<id>}. Takes the orders of
 * {@link dev.slipway.workflows.deployment.DeploymentControl}.
 */
@WorkflowInterface
public interface ReleaseDeploymentWorkflow {
    String TYPE = "ReleaseDeployment";

    /** Fails with the deployment's failure, so that Temporal tells a failed deployment from the others. */
    @WorkflowMethod(name = TYPE)
    DeploymentResult deploy(DeploymentInput input);
}
