package dev.slipway.workflows.release;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.ReleaseMessage;
import dev.slipway.workflows.ControlPlaneOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Reads the plan, by short activities that run in the worker itself. */
final class ControlPlane {
    private ControlPlane() {}

    /** These tasks of the plan, in the order of {@code indexes}. */
    static List<PlannedTask> plan(DeploymentId deployment, List<Integer> indexes) {
        PlanActivities plan = Workflow.newLocalActivityStub(PlanActivities.class, ControlPlaneOptions.UNTIL_IT_IS_DONE);
        List<PlannedTask> tasks = new ArrayList<>();
        while (tasks.size() < indexes.size()) {
            List<Integer> missing = List.copyOf(indexes.subList(tasks.size(), indexes.size()));
            List<PlannedTask> found =
                    plan.read(new PlanActivities.ReadPlan(deployment, missing)).tasks();
            if (found.isEmpty()) {
                throw ApplicationFailure.newNonRetryableFailure(
                        ReleaseMessage.PLAN_MISSING
                                .with("deployment", deployment)
                                .toString(),
                        FailureType.INTERNAL.wireName());
            }
            tasks.addAll(found);
        }
        return tasks;
    }
}
