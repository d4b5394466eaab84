package dev.slipway.workflows.release;

import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;

/** How the workflow of an accepted deployment is started: the same by whoever comes first, the API or the sweep. */
public final class DeploymentStart {
    /** The value of {@link SearchAttributes#KIND}. */
    public static final String KIND = "release";

    private DeploymentStart() {}

    /** Starts the workflow. Where it was started before, running or ended, nothing happens. */
    public static void start(WorkflowClient client, DeploymentInput input) {
        boolean rollback = input.rollbackOf() != null;
        try {
            client.newUntypedWorkflowStub(
                            rollback ? RollbackWorkflow.TYPE : ReleaseDeploymentWorkflow.TYPE, options(input, rollback))
                    .start(input);
        } catch (WorkflowExecutionAlreadyStarted e) {
            // Somebody else was quicker.
        }
    }

    private static WorkflowOptions options(DeploymentInput input, boolean rollback) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.ofDeployment(input.deployment()))
                .setTaskQueue(TaskQueues.CONTROL_PLANE)
                // The id is the lock: a deployment that has ended is not made again.
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                // The first task goes to a worker of the same process at once, where there is one.
                .setDisableEagerExecution(false)
                .setStaticSummary(
                        (rollback ? "Roll back to " : "Deploy ") + input.release() + " in " + input.environment())
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.KIND, KIND)
                        .set(SearchAttributes.ENVIRONMENT, input.environment())
                        .set(SearchAttributes.STATUS, DeploymentStatus.PENDING.wireName())
                        .build())
                .build();
    }
}
