package dev.slipway.agent.rig;

import dev.slipway.core.health.Health;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Takes one step at a node, tried again when the agent is lost. */
@WorkflowInterface
public interface StepWorkflow {
    @WorkflowMethod
    Health deploy(TargetActivities.Deploy input);

    /** Deploys, and verifies. */
    final class Impl implements StepWorkflow {
        @Override
        public Health deploy(TargetActivities.Deploy input) {
            TargetActivities steps = Workflow.newActivityStub(
                    TargetActivities.class,
                    ActivityOptions.newBuilder()
                            .setTaskQueue(TaskQueues.ofNode(input.target().node()))
                            .setStartToCloseTimeout(Duration.ofMinutes(1))
                            .setHeartbeatTimeout(Duration.ofSeconds(3))
                            .setRetryOptions(RetryOptions.newBuilder()
                                    .setInitialInterval(Duration.ofMillis(200))
                                    .build())
                            .build());
            steps.deploy(input);
            return steps.verify(new TargetActivities.Verify(input.step(), input.target(), input.desired()));
        }
    }
}
