package dev.slipway.api.deployment;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.message.Message;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.OrderAnswer;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Gives deployments of every kind their orders, and brings back the answer. */
@Component
class DeploymentOrders {
    // It is answered by a worker, which may have others to answer first.
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int TRIES = 3;

    private final TemporalCalls temporal;
    private final DeploymentIntake intake;

    DeploymentOrders(TemporalCalls temporal, DeploymentIntake intake) {
        this.temporal = temporal;
        this.intake = intake;
    }

    /**
     * Sends an order and waits for its answer; a deployment whose start has not come through yet is started first. Under the
     * same {@code id} an order is obeyed once, and gets the same answer again.
     *
     * @throws SlipwayException {@code NotPossibleNow} where the deployment does not obey, with its reason
     */
    void give(DeploymentEntry deployment, String order, Object input, String id) {
        if (deployment.ended()) {
            throw ended(deployment);
        }
        try {
            Message refusal = temporal.within(LIMIT, () -> answer(deployment, order, input, id))
                    .refusal();
            if (refusal != null) {
                throw new SlipwayException(FailureType.NOT_POSSIBLE_NOW, refusal.toString());
            }
        } catch (WorkflowUpdateTimeoutOrCancelledException e) {
            throw new SlipwayException(
                    FailureType.TEMPORAL_UNAVAILABLE,
                    "No worker responded for deployment " + deployment.id() + " in time; retry shortly",
                    e);
        }
    }

    private OrderAnswer answer(DeploymentEntry deployment, String order, Object input, String id) {
        try {
            return send(deployment, order, input, id);
        } catch (WorkflowNotFoundException e) {
            intake.start(deployment.id());
        }
        try {
            return send(deployment, order, input, id);
        } catch (WorkflowNotFoundException e) {
            throw ended(deployment);
        }
    }

    // Temporal drops an update together with a workflow task that has to be done again, as when the deployment ends
    // while
    // it is sent. The id has an order obeyed once however often it is sent.
    private OrderAnswer send(DeploymentEntry deployment, String order, Object input, String id) {
        WorkflowStub workflow = temporal.client().newUntypedWorkflowStub(WorkflowIds.ofDeployment(deployment.id()));
        UpdateOptions<OrderAnswer> options = UpdateOptions.newBuilder(OrderAnswer.class)
                .setUpdateName(order)
                .setUpdateId(id)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                return workflow.startUpdate(options, input).getResult();
            } catch (WorkflowServiceException e) {
                if (attempt == TRIES || !wasDropped(e)) {
                    throw e;
                }
            } catch (WorkflowUpdateException e) {
                // It was accepted, and the workflow closed before it could answer.
                throw ended(deployment);
            }
        }
    }

    private static boolean wasDropped(WorkflowServiceException thrown) {
        return thrown.getCause() instanceof StatusRuntimeException refused
                && refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
    }

    private static SlipwayException ended(DeploymentEntry deployment) {
        return new SlipwayException(
                FailureType.NOT_POSSIBLE_NOW,
                "Deployment " + deployment.id() + " has ended. To restore what ran before it: slipway rollback "
                        + deployment.id());
    }
}
