package dev.slipway.bench;

import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** The baseline: the same activities at one target, and nothing else. */
@WorkflowInterface
public interface BareWorkflow {
    /** {@code change} false: the look that a no-op takes; true: inspect, deploy and verify. */
    @WorkflowMethod(name = "Bare")
    void run(TargetActivities.Deploy target, boolean change);
}
