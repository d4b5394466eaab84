package dev.slipway.workflows.release;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One sweep. What it misses, the next one finds. */
public final class DeploymentSweepWorkflowImpl implements DeploymentSweepWorkflow {
    private final DeploymentSweepActivities activities = Workflow.newActivityStub(
            DeploymentSweepActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofMinutes(2))
                    .setScheduleToCloseTimeout(Duration.ofMinutes(3))
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(2).build())
                    .build());

    @Override
    public void sweep() {
        activities.sweep();
    }
}
