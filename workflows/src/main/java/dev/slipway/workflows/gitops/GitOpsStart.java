package dev.slipway.workflows.gitops;

import dev.slipway.core.deployment.DeploymentKind;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;

/** How the workflow of an accepted deployment is started: the same by whoever comes first, the API or the sweep. */
public final class GitOpsStart {
    private GitOpsStart() {}

    /** Starts the workflow. Where it was started before, running or ended, nothing happens. */
    public static void start(WorkflowClient client, GitOpsInput input) {
        try {
            client.newUntypedWorkflowStub(GitOpsDeploymentWorkflow.TYPE, options(input))
                    .start(input);
        } catch (WorkflowExecutionAlreadyStarted e) {
            // Somebody else was quicker.
        }
    }

    private static WorkflowOptions options(GitOpsInput input) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.ofDeployment(input.deployment()))
                .setTaskQueue(TaskQueues.CONTROL_PLANE)
                // The id is the lock: a deployment that has ended is not made again.
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                // The first task goes to a worker of the same process at once, where there is one.
                .setDisableEagerExecution(false)
                .setStaticSummary("Deploy " + input.chart() + " to " + input.environment())
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.KIND, DeploymentKind.GITOPS.wireName())
                        .set(SearchAttributes.ENVIRONMENT, input.environment())
                        .set(SearchAttributes.STATUS, GitOpsStatus.PENDING.wireName())
                        .build())
                .build();
    }
}
