package dev.slipway.workflows.timeline;

import dev.slipway.core.deployment.DeploymentId;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One rebuild, which somebody waits for. */
public final class TimelineRebuildWorkflowImpl implements TimelineRebuildWorkflow {
    private final TimelineRebuildActivities activities = Workflow.newActivityStub(
            TimelineRebuildActivities.class,
            ActivityOptions.newBuilder()
                    // Ten thousand targets take some minutes; the heartbeat tells that it goes on, and deleting what is
                    // there is one statement of up to a minute.
                    .setStartToCloseTimeout(Duration.ofMinutes(30))
                    .setScheduleToCloseTimeout(Duration.ofMinutes(45))
                    .setHeartbeatTimeout(Duration.ofSeconds(90))
                    .setRetryOptions(RetryOptions.newBuilder()
                            .setInitialInterval(Duration.ofSeconds(1))
                            .setBackoffCoefficient(1)
                            .build())
                    .build());

    @Override
    public void rebuild(DeploymentId deployment) {
        activities.rebuild(deployment);
    }
}
