package dev.slipway.workflows.release;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.workflows.timeline.TimelineActivities;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The short activities that run in the worker itself. They go on trying while the database or Temporal is away. */
final class ControlPlane {
    private static final Duration ONE_CALL = Duration.ofSeconds(10);

    /** Longer than any outage that a deployment should survive; then the read model is left to the sweep. */
    private static final Duration OUTAGE = Duration.ofHours(24);

    // Past this, a retry waits on a durable timer, and the workflow hears signals meanwhile.
    private static final Duration LONGEST_WAIT_IN_TASK = Duration.ofSeconds(2);

    private static final LocalActivityOptions OPTIONS = LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(ONE_CALL)
            .setScheduleToCloseTimeout(OUTAGE)
            .setLocalRetryThreshold(LONGEST_WAIT_IN_TASK)
            .setRetryOptions(RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofMillis(200))
                    .setMaximumInterval(Duration.ofSeconds(10))
                    .build())
            .build();

    private ControlPlane() {}

    static TimelineActivities timeline() {
        return Workflow.newLocalActivityStub(TimelineActivities.class, OPTIONS);
    }

    /** These tasks of the plan, in the order of {@code indexes}. */
    static List<PlannedTask> plan(DeploymentId deployment, List<Integer> indexes) {
        PlanActivities plan = Workflow.newLocalActivityStub(PlanActivities.class, OPTIONS);
        List<PlannedTask> tasks = new ArrayList<>();
        while (tasks.size() < indexes.size()) {
            List<Integer> missing = List.copyOf(indexes.subList(tasks.size(), indexes.size()));
            List<PlannedTask> found =
                    plan.read(new PlanActivities.ReadPlan(deployment, missing)).tasks();
            if (found.isEmpty()) {
                throw ApplicationFailure.newNonRetryableFailure(
                        "The plan of deployment " + deployment + " is gone from the database. Deploy again.",
                        FailureType.INTERNAL.wireName());
            }
            tasks.addAll(found);
        }
        return tasks;
    }

    static AdmissionActivities admission() {
        return Workflow.newLocalActivityStub(AdmissionActivities.class, OPTIONS);
    }
}
