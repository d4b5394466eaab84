package dev.slipway.api.release;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.release.Deployment;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.release.OrderAnswer;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflow;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Tells deployments that are under way what a person wants of them. */
@Component
class DeploymentOrders {
    private static final Duration SIGNAL = Duration.ofSeconds(5);
    // An update is answered by a worker, which may have others to answer first.
    private static final Duration UPDATE = Duration.ofSeconds(10);

    private final TemporalCalls temporal;
    private final DeploymentStarts starts;

    DeploymentOrders(TemporalCalls temporal, DeploymentStarts starts) {
        this.temporal = temporal;
        this.starts = starts;
    }

    /** Sends a signal. */
    void signal(Deployment deployment, Consumer<ReleaseDeploymentWorkflow> order) {
        requireLive(deployment);
        try {
            send(deployment, order);
        } catch (WorkflowNotFoundException e) {
            sendOnceStarted(deployment, order);
        }
    }

    // Accepted, but the start has not come through yet.
    private void sendOnceStarted(Deployment deployment, Consumer<ReleaseDeploymentWorkflow> order) {
        starts.start(deployment);
        try {
            send(deployment, order);
        } catch (WorkflowNotFoundException e) {
            throw ended(deployment.id());
        }
    }

    /** Sends an update and waits for its answer; fails with {@code NotPossibleNow} where the workflow does not obey. */
    void update(Deployment deployment, Function<ReleaseDeploymentWorkflow, OrderAnswer> order) {
        requireLive(deployment);
        try {
            OrderAnswer answer = temporal.within(UPDATE, () -> order.apply(workflow(deployment)));
            if (!answer.obeyed()) {
                throw new SlipwayException(FailureType.NOT_POSSIBLE_NOW, answer.reason());
            }
        } catch (WorkflowUpdateTimeoutOrCancelledException e) {
            throw new SlipwayException(
                    FailureType.TEMPORAL_UNAVAILABLE,
                    "No worker has answered for deployment " + deployment.id() + " in time; try again in a moment",
                    e);
        } catch (WorkflowNotFoundException e) {
            throw ended(deployment.id());
        }
    }

    private void send(Deployment deployment, Consumer<ReleaseDeploymentWorkflow> order) {
        ReleaseDeploymentWorkflow workflow = workflow(deployment);
        temporal.within(SIGNAL, () -> {
            order.accept(workflow);
            return workflow;
        });
    }

    // Rollbacks take the same orders, and Temporal goes by their names.
    private ReleaseDeploymentWorkflow workflow(Deployment deployment) {
        return temporal.client()
                .newWorkflowStub(ReleaseDeploymentWorkflow.class, WorkflowIds.ofDeployment(deployment.id()));
    }

    private static void requireLive(Deployment deployment) {
        if (deployment.ended()) {
            throw ended(deployment.id());
        }
    }

    private static SlipwayException ended(DeploymentId id) {
        return new SlipwayException(FailureType.NOT_POSSIBLE_NOW, "Deployment " + id + " has ended");
    }
}
