package dev.slipway.worker.deployment;

import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.deployment.DeploymentSweepWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** The schedule that keeps the sweep running, of which there is one per namespace however many workers there are. */
@Component
public class SweepSchedule {
    private static final String ID = "deployment-sweep";
    /** How soon a sweep that has come to its end, or was ended, is followed by another; nothing happens while it runs. */
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final WorkflowClient client;

    SweepSchedule(WorkflowClient client) {
        this.client = client;
    }

    /** Makes the schedule, unless it is there. Called by whoever knows that Temporal can be reached. */
    public void ensure() {
        ScheduleClient schedules = ScheduleClient.newInstance(
                client.getWorkflowServiceStubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(client.getOptions().getNamespace())
                        .setDataConverter(client.getOptions().getDataConverter())
                        .build());
        try {
            schedules.createSchedule(
                    ID,
                    schedule(),
                    ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
        } catch (ScheduleAlreadyRunningException e) {
            // Another worker, or an earlier start of this one, made it.
        }
    }

    private static Schedule schedule() {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(DeploymentSweepWorkflow.TYPE)
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId(ID)
                                .setTaskQueue(TaskQueues.CONTROL_PLANE)
                                .setStaticSummary(
                                        "Finds accepted deployments that were not started, and ended ones that are still open in the database")
                                .setWorkflowExecutionTimeout(Duration.ofHours(2))
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setIntervals(List.of(new ScheduleIntervalSpec(EVERY)))
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                        .setCatchupWindow(Duration.ofSeconds(10))
                        .build())
                .build();
    }
}
