package dev.slipway.api.release;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.release.Deployment;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.release.OrderAnswer;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflow;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** Tells deployments that are under way what a person wants of them. */
@Component
class DeploymentOrders {
    private static final Duration SIGNAL = Duration.ofSeconds(5);
    // An update is answered by a worker, which may have others to answer first.
    private static final Duration UPDATE = Duration.ofSeconds(10);
    private static final int UPDATE_TRIES = 3;

    private final TemporalCalls temporal;
    private final DeploymentStarts starts;

    DeploymentOrders(TemporalCalls temporal, DeploymentStarts starts) {
        this.temporal = temporal;
        this.starts = starts;
    }

    /** Sends a signal. */
    void signal(Deployment deployment, Consumer<ReleaseDeploymentWorkflow> order) {
        tell(deployment, () -> send(deployment, order));
    }

    /**
     * Sends an update and waits for its answer; fails with {@code NotPossibleNow} where the workflow does not obey. Under
     * the same {@code id} it is obeyed once, and gets the same answer again.
     */
    void update(
            Deployment deployment,
            String target,
            String id,
            BiFunction<ReleaseDeploymentWorkflow, String, OrderAnswer> order) {
        try {
            OrderAnswer answer =
                    tell(deployment, () -> temporal.within(UPDATE, () -> answer(deployment, target, id, order)));
            if (!answer.obeyed()) {
                throw new SlipwayException(FailureType.NOT_POSSIBLE_NOW, answer.reason());
            }
        } catch (WorkflowUpdateTimeoutOrCancelledException e) {
            throw new SlipwayException(
                    FailureType.TEMPORAL_UNAVAILABLE,
                    "No worker has answered for deployment " + deployment.id() + " in time; try again in a moment",
                    e);
        }
    }

    /** Tells a deployment something that has not ended, and starts it first where its start has not come through yet. */
    private <T> T tell(Deployment deployment, Supplier<T> order) {
        if (deployment.ended()) {
            throw ended(deployment.id());
        }
        try {
            return order.get();
        } catch (WorkflowNotFoundException e) {
            starts.start(deployment);
        }
        try {
            return order.get();
        } catch (WorkflowNotFoundException e) {
            throw ended(deployment.id());
        }
    }

    // Temporal drops an update together with a workflow task that has to be done again, as when the deployment wants to
    // end at the moment at which it is told something. The id has an order obeyed once however often it is sent.
    private OrderAnswer answer(
            Deployment deployment,
            String target,
            String id,
            BiFunction<ReleaseDeploymentWorkflow, String, OrderAnswer> order) {
        ReleaseDeploymentWorkflow workflow = workflow(deployment);
        UpdateOptions<OrderAnswer> options = UpdateOptions.newBuilder(OrderAnswer.class)
                .setUpdateId(id)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        for (int attempt = 1; ; attempt++) {
            try {
                return WorkflowClient.startUpdate((String told) -> order.apply(workflow, told), target, options)
                        .getResult();
            } catch (WorkflowServiceException e) {
                if (attempt == UPDATE_TRIES || !wasDropped(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean wasDropped(WorkflowServiceException thrown) {
        return thrown.getCause() instanceof StatusRuntimeException refused
                && refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
    }

    private ReleaseDeploymentWorkflow send(Deployment deployment, Consumer<ReleaseDeploymentWorkflow> order) {
        ReleaseDeploymentWorkflow workflow = workflow(deployment);
        return temporal.within(SIGNAL, () -> {
            order.accept(workflow);
            return workflow;
        });
    }

    // Rollbacks take the same orders, and Temporal goes by their names.
    private ReleaseDeploymentWorkflow workflow(Deployment deployment) {
        return temporal.client()
                .newWorkflowStub(ReleaseDeploymentWorkflow.class, WorkflowIds.ofDeployment(deployment.id()));
    }

    private static SlipwayException ended(DeploymentId id) {
        return new SlipwayException(FailureType.NOT_POSSIBLE_NOW, "Deployment " + id + " has ended");
    }
}
