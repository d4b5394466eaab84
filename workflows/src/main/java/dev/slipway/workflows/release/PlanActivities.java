package dev.slipway.workflows.release;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.release.TaskReference;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Reads what was planned when the deployment was accepted. Local activities of the control plane. */
@ActivityInterface
public interface PlanActivities {
    /** Those tasks of the deployment, in the order of {@code indexes}; they never change. */
    @ActivityMethod(name = "readPlan")
    Plan read(ReadPlan input);

    record ReadPlan(DeploymentId deployment, List<Integer> indexes) {}

    record Plan(List<TaskReference> tasks) {}
}
