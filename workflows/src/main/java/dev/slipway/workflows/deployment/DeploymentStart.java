package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;

/**
 * How the workflow of an accepted deployment is started: the same by whoever comes first, the API or the sweep.
 *
 * @param workflow the type of the workflow
 * @param summary a line for the Temporal UI
 * @param input of the workflow
 */
public record DeploymentStart(
        DeploymentId deployment,
        DeploymentKind kind,
        String workflow,
        String environment,
        String summary,
        Object input) {
    /** Reads what {@link #json} wrote. The input is then plain JSON, which is the same payload. */
    public static DeploymentStart read(String json) {
        return Payloads.json().readValue(json, DeploymentStart.class);
    }

    public String json() {
        return Payloads.json().writeValueAsString(this);
    }

    /** Starts the workflow. Where it was started before, running or ended, nothing happens. */
    public void by(WorkflowClient client) {
        try {
            client.newUntypedWorkflowStub(workflow, options()).start(input);
        } catch (WorkflowExecutionAlreadyStarted e) {
            // The other one was quicker.
        }
    }

    private WorkflowOptions options() {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(WorkflowIds.ofDeployment(deployment))
                .setTaskQueue(TaskQueues.CONTROL_PLANE)
                // The id is the lock: a deployment that has ended is not made again.
                .setWorkflowIdReusePolicy(WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_REJECT_DUPLICATE)
                // The first task goes to a worker of the same process at once, where there is one.
                .setDisableEagerExecution(false)
                .setStaticSummary(summary)
                .setTypedSearchAttributes(io.temporal.common.SearchAttributes.newBuilder()
                        .set(SearchAttributes.KIND, kind.wireName())
                        .set(SearchAttributes.PROJECT, EnvironmentId.projectOf(environment))
                        .set(SearchAttributes.ENVIRONMENT, environment)
                        .set(SearchAttributes.STATUS, Status.INITIAL)
                        .build())
                .build();
    }
}
