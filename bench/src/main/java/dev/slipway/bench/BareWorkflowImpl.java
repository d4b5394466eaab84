package dev.slipway.bench;

import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** As few lines as Temporal allows. */
public final class BareWorkflowImpl implements BareWorkflow {
    @Override
    public void run(TargetActivities.Deploy target, boolean change) {
        TargetActivities node = Workflow.newActivityStub(
                TargetActivities.class,
                ActivityOptions.newBuilder()
                        .setTaskQueue(TaskQueues.ofNode(target.target().node()))
                        .setStartToCloseTimeout(Duration.ofMinutes(1))
                        .build());
        node.inspect(new TargetActivities.Inspect(target.step(), target.target(), target.desired()));
        if (change) {
            node.deploy(target);
            node.verify(new TargetActivities.Verify(target.step(), target.target(), target.desired()));
        }
    }
}
