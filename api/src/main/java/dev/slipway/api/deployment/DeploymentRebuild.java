package dev.slipway.api.deployment;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.timeline.TimelineRebuildWorkflow;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/** Has a worker write what is stored of a deployment again, and waits for it. */
@Component
class DeploymentRebuild {
    private static final Duration START = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LIMIT = Duration.ofHours(1);

    private final TemporalCalls temporal;

    DeploymentRebuild(TemporalCalls temporal) {
        this.temporal = temporal;
    }

    /** Fails with {@code NotPossibleNow} where the deployment has not ended, or Temporal has no history of it any more. */
    void rebuild(DeploymentEntry deployment) {
        if (!deployment.ended()) {
            throw new SlipwayException(
                    FailureType.NOT_POSSIBLE_NOW,
                    "Deployment " + deployment.id() + " is still running and updates its status itself");
        }
        temporal.requireReachable();
        WorkflowStub workflow = WorkflowStub.fromTyped(stub(deployment));
        temporal.within(START, () -> workflow.start(deployment.id()));
        await(workflow, deployment);
    }

    private TimelineRebuildWorkflow stub(DeploymentEntry deployment) {
        WorkflowClient client = temporal.client();
        return client.newWorkflowStub(
                TimelineRebuildWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(WorkflowIds.ofRebuild(deployment.id()))
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .setTaskQueue(TaskQueues.CONTROL_PLANE)
                        .setWorkflowExecutionTimeout(LIMIT)
                        .setStaticSummary("Read model of deployment " + deployment.id())
                        .build());
    }

    private static void await(WorkflowStub workflow, DeploymentEntry deployment) {
        try {
            workflow.getResult(PATIENCE.toMillis(), TimeUnit.MILLISECONDS, Void.class);
        } catch (TimeoutException e) {
            throw new SlipwayException(
                    FailureType.TEMPORAL_UNAVAILABLE,
                    "Timed out rebuilding deployment " + deployment.id() + " after " + PATIENCE.toSeconds()
                            + " s; the rebuild continues, check again shortly",
                    e);
        } catch (WorkflowFailedException e) {
            throw e.getCause() instanceof ActivityFailure step && step.getCause() instanceof ApplicationFailure failure
                    ? new SlipwayException(
                            FailureType.ofWireName(failure.getType()).orElse(FailureType.INTERNAL),
                            failure.getOriginalMessage(),
                            e)
                    : e;
        }
    }
}
