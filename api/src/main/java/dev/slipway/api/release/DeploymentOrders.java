package dev.slipway.api.release;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.release.Deployment;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflow;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.function.Consumer;
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
            send(deployment, SIGNAL, order);
        } catch (WorkflowNotFoundException e) {
            sendOnceStarted(deployment, order);
        }
    }

    // Accepted, but the start has not come through yet.
    private void sendOnceStarted(Deployment deployment, Consumer<ReleaseDeploymentWorkflow> order) {
        starts.start(deployment);
        try {
            send(deployment, SIGNAL, order);
        } catch (WorkflowNotFoundException e) {
            throw ended(deployment.id());
        }
    }

    /** Sends an update and waits until it took effect; fails with {@code NotPossibleNow} where the workflow refuses it. */
    void update(Deployment deployment, Consumer<ReleaseDeploymentWorkflow> order) {
        requireLive(deployment);
        try {
            send(deployment, UPDATE, order);
        } catch (WorkflowUpdateException e) {
            throw refusal(e);
        } catch (WorkflowUpdateTimeoutOrCancelledException e) {
            throw new SlipwayException(
                    FailureType.TEMPORAL_UNAVAILABLE,
                    "No worker has answered for deployment " + deployment.id() + " in time; try again in a moment",
                    e);
        } catch (WorkflowNotFoundException e) {
            throw ended(deployment.id());
        }
    }

    private void send(Deployment deployment, Duration limit, Consumer<ReleaseDeploymentWorkflow> order) {
        // Rollbacks take the same orders, and Temporal goes by their names.
        ReleaseDeploymentWorkflow workflow = temporal.client()
                .newWorkflowStub(ReleaseDeploymentWorkflow.class, WorkflowIds.ofDeployment(deployment.id()));
        temporal.within(limit, () -> {
            order.accept(workflow);
            return workflow;
        });
    }

    private static void requireLive(Deployment deployment) {
        if (deployment.ended()) {
            throw ended(deployment.id());
        }
    }

    private static SlipwayException ended(DeploymentId id) {
        return new SlipwayException(FailureType.NOT_POSSIBLE_NOW, "Deployment " + id + " has ended");
    }

    private static SlipwayException refusal(WorkflowUpdateException e) {
        if (e.getCause() instanceof ApplicationFailure failure) {
            FailureType type = FailureType.ofWireName(failure.getType()).orElse(FailureType.NOT_POSSIBLE_NOW);
            return new SlipwayException(type, failure.getOriginalMessage(), e);
        }
        return new SlipwayException(FailureType.NOT_POSSIBLE_NOW, "The deployment has refused this", e);
    }
}
