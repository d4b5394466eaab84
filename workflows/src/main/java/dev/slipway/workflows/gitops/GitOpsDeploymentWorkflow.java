package dev.slipway.workflows.gitops;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Brings a chart into the IaC repository and watches until it runs. Workflow id: {@code deployment/<id>}. Takes the orders of
 * {@link dev.slipway.workflows.deployment.DeploymentControl}: to cancel it leaves a commit that is pushed, to roll it back
 * commits again what was there before.
 */
@WorkflowInterface
public interface GitOpsDeploymentWorkflow {
    String TYPE = "GitOpsDeployment";

    /** Fails with the deployment's failure, so that Temporal tells a failed deployment from the others. */
    @WorkflowMethod(name = TYPE)
    GitOpsResult deploy(GitOpsInput input);

    /** What has become of a change, from the repository's workflow. The first answer counts. */
    @SignalMethod(name = "pushed")
    void pushed(PushResult result);

    /** Something has happened that is worth a look: a deployment that waits to ask the cluster again asks now. */
    @SignalMethod(name = "look")
    void look();
}
