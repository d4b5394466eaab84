package dev.slipway.workflows.release;

import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.PlannedTask;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Reads what was planned when the deployment was accepted. Local activities of the control plane. */
@ActivityInterface
public interface PlanActivities {
    /** Tasks {@code from} (inclusive) to {@code to} (exclusive) of the deployment; they never change. */
    @ActivityMethod(name = "readPlan")
    Plan read(ReadPlan input);

    record ReadPlan(DeploymentId deployment, int from, int to) {}

    record Plan(List<PlannedTask> tasks) {}
}
