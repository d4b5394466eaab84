package dev.slipway.workflows.deployment;

import dev.slipway.workflows.deployment.DeploymentSweepActivities.Sweep;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/**
 * An hour of sweeps, in one step: a workflow for each sweep would fill the list of workflows with thousands that say
 * nothing. The schedule begins the next hour.
 */
public final class DeploymentSweepWorkflowImpl implements DeploymentSweepWorkflow {
    private static final Duration PERIOD = Duration.ofSeconds(10);
    private static final Duration HOUR = Duration.ofHours(1);

    private final DeploymentSweepActivities activities = Workflow.newActivityStub(
            DeploymentSweepActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(HOUR.plusMinutes(5))
                    .setScheduleToCloseTimeout(HOUR.plusMinutes(10))
                    // A worker that died is noticed, and another one goes on, about as soon as the next sweep is due.
                    .setHeartbeatTimeout(Duration.ofSeconds(15))
                    .setRetryOptions(RetryOptions.newBuilder()
                            .setInitialInterval(Duration.ofSeconds(1))
                            .setMaximumInterval(PERIOD)
                            .build())
                    .build());

    @Override
    public void sweep() {
        activities.sweep(new Sweep(PERIOD, HOUR));
    }
}
