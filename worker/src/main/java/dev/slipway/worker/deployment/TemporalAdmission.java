package dev.slipway.worker.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.AdmissionActivities;
import dev.slipway.workflows.deployment.EnvironmentLock;
import dev.slipway.workflows.deployment.EnvironmentWorkflow;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowStub;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Carries what deployments say to their environment's workflow. */
@Component
public class TemporalAdmission implements AdmissionActivities {
    private final WorkflowClient client;
    private final EnvironmentLock lock;

    TemporalAdmission(WorkflowClient client) {
        this.client = client;
        lock = new EnvironmentLock(client);
    }

    @Override
    public long enter(Enter input) {
        return lock.enter(input);
    }

    @Override
    public void hold(Holder input) {
        tell(input, environment -> environment.hold(input.deployment()));
    }

    /** Says it for a deployment whose workflow has ended without a word. */
    public void leave(Holder input) {
        tell(input, environment -> environment.leave(input.deployment()));
    }

    private void tell(Holder holder, Consumer<EnvironmentWorkflow> word) {
        try {
            word.accept(
                    client.newWorkflowStub(EnvironmentWorkflow.class, WorkflowIds.ofEnvironment(holder.environment())));
        } catch (WorkflowNotFoundException e) {
            // A lock whose workflow was terminated needs no release; the next deployment makes a new one.
        }
    }

    @Override
    public boolean isOpen(DeploymentId deployment) {
        try {
            WorkflowStub stub = client.newUntypedWorkflowStub(WorkflowIds.ofDeployment(deployment));
            return stub.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException e) {
            return false;
        }
    }
}
