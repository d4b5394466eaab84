package dev.slipway.workflows.release;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.health.Health;
import dev.slipway.core.release.ReleaseMessage;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.deployment.StepFailures;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** The four verbs at the targets of one deployment, each step with a fence above all before it. */
final class TargetSteps {
    /** "No agent" is reported within 30 s. */
    static final Duration FIRST_CONTACT = Duration.ofSeconds(25);

    /** An agent that has answered before, or that is to restore a target, may be restarting. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration INSPECTION = Duration.ofSeconds(45);
    private static final Duration REMOVAL = Duration.ofMinutes(2);
    private static final Duration MARGIN = Duration.ofSeconds(30);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    // A task counts its own attempts, each with a new fence: Temporal's retries would reuse one.
    private static final RetryOptions ONCE =
            RetryOptions.newBuilder().setMaximumAttempts(1).build();

    private final DeploymentId deployment;
    private final String environment;
    private long epoch;
    private int steps;

    TargetSteps(DeploymentId deployment, String environment, long epoch, int steps) {
        this.deployment = deployment;
        this.environment = environment;
        this.epoch = epoch;
        this.steps = steps;
    }

    void admit(long given) {
        epoch = given;
    }

    long epoch() {
        return epoch;
    }

    int steps() {
        return steps;
    }

    Observation inspect(TargetReference target, Desired desired, Duration patience) {
        ActivityOptions options = on(target, "inspect", patience)
                .setStartToCloseTimeout(INSPECTION.plus(target.probe()))
                .setHeartbeatTimeout(HEARTBEAT)
                .setCancellationType(ActivityCancellationType.TRY_CANCEL)
                .build();
        return stub(options).inspect(new TargetActivities.Inspect(step(), target, desired));
    }

    TargetActivities.Deployed deploy(TargetReference target, Desired desired) {
        ActivityOptions options = on(target, "deploy", PATIENCE)
                .setStartToCloseTimeout(target.timeout())
                .setHeartbeatTimeout(HEARTBEAT)
                .build();
        return stub(options).deploy(new TargetActivities.Deploy(step(), target, desired));
    }

    Health verify(TargetReference target, Desired desired) {
        ActivityOptions options = on(target, "verify", PATIENCE)
                .setStartToCloseTimeout(target.verification().plus(MARGIN))
                .setHeartbeatTimeout(HEARTBEAT)
                .build();
        return stub(options).verify(new TargetActivities.Verify(step(), target, desired));
    }

    void remove(TargetReference target) {
        ActivityOptions options = on(target, "remove", PATIENCE)
                .setStartToCloseTimeout(REMOVAL)
                .setHeartbeatTimeout(HEARTBEAT)
                .build();
        stub(options).remove(new TargetActivities.Remove(step(), target));
    }

    /** What went wrong in a step; {@code patience} is how long it waited for an agent. */
    static Failure failure(ActivityFailure thrown, TargetReference target, Duration patience) {
        return StepFailures.of(thrown, timeout -> ofTimeout(timeout.getTimeoutType(), target, patience));
    }

    private static Failure ofTimeout(TimeoutType type, TargetReference target, Duration patience) {
        return switch (type) {
            case TIMEOUT_TYPE_SCHEDULE_TO_START ->
                new Failure(
                        FailureType.NO_AGENT_AVAILABLE,
                        ReleaseMessage.NO_AGENT.with(
                                "node", target.node(), "target", target.name(), "seconds", patience.toSeconds()));
            case TIMEOUT_TYPE_START_TO_CLOSE ->
                new Failure(
                        FailureType.STEP_TIMED_OUT,
                        ReleaseMessage.STEP_TIMED_OUT.with("node", target.node(), "target", target.name()));
            default ->
                new Failure(
                        FailureType.AGENT_LOST,
                        ReleaseMessage.AGENT_LOST.with(
                                "node", target.node(), "target", target.name(), "seconds", HEARTBEAT.toSeconds()));
        };
    }

    private TargetActivities.Step step() {
        steps++;
        return new TargetActivities.Step(deployment, environment, new Fence(epoch, steps));
    }

    // Waits until a canceled step has really stopped, so that the next one never runs beside it.
    private static ActivityOptions.Builder on(TargetReference target, String verb, Duration patience) {
        return ActivityOptions.newBuilder()
                .setTaskQueue(TaskQueues.ofNode(target.node()))
                .setScheduleToStartTimeout(patience)
                .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                .setRetryOptions(ONCE)
                .setSummary(verb + " " + target.name());
    }

    private static TargetActivities stub(ActivityOptions options) {
        return Workflow.newActivityStub(TargetActivities.class, options);
    }
}
