package dev.slipway.workflows.release;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.release.ReleaseMessage;
import dev.slipway.core.release.TaskReference;
import dev.slipway.workflows.ControlPlaneOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.List;

/** Reads the plan, by short activities that run in the worker itself. */
final class ControlPlane {
    private ControlPlane() {}

    /** These tasks of the plan, in the order of {@code indexes}. */
    static List<TaskReference> plan(DeploymentId deployment, List<Integer> indexes) {
        if (indexes.isEmpty()) {
            return List.of();
        }
        PlanActivities plan = Workflow.newLocalActivityStub(PlanActivities.class, ControlPlaneOptions.UNTIL_IT_IS_DONE);
        List<TaskReference> tasks =
                plan.read(new PlanActivities.ReadPlan(deployment, indexes)).tasks();
        if (tasks.size() < indexes.size()) {
            throw ApplicationFailure.newNonRetryableFailure(
                    ReleaseMessage.PLAN_MISSING.with("deployment", deployment).toString(),
                    FailureType.INTERNAL.wireName());
        }
        return tasks;
    }
}
