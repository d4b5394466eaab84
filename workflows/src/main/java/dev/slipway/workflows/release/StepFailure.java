package dev.slipway.workflows.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Target;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.time.Duration;

/** What went wrong at a target, in the words of the catalogue. */
final class StepFailure {
    private StepFailure() {}

    /** Never called for a cancellation, which is not a failure. */
    static Failure of(ActivityFailure thrown, Target target, Duration patience) {
        return switch (thrown.getCause()) {
            case ApplicationFailure failure ->
                new Failure(
                        FailureType.ofWireName(failure.getType()).orElse(FailureType.INTERNAL),
                        failure.getOriginalMessage());
            case TimeoutFailure timeout -> ofTimeout(timeout, target, patience);
            case null, default ->
                new Failure(FailureType.INTERNAL, target.name() + ": " + String.valueOf(thrown.getMessage()));
        };
    }

    private static Failure ofTimeout(TimeoutFailure timeout, Target target, Duration patience) {
        String node = "node \"" + target.node() + "\"";
        return switch (timeout.getTimeoutType()) {
            case TIMEOUT_TYPE_SCHEDULE_TO_START ->
                new Failure(
                        FailureType.NO_AGENT_AVAILABLE,
                        "No agent of %s took the step for target \"%s\" within %d s. Start it with: slipway agent --node %s"
                                .formatted(node, target.name(), patience.toSeconds(), target.node()));
            case TIMEOUT_TYPE_START_TO_CLOSE ->
                new Failure(
                        FailureType.STEP_TIMED_OUT,
                        "The step for target \"%s\" on %s did not end in time. See slipway logs, then raise the target's timeout or mend the node."
                                .formatted(target.name(), node));
            default ->
                new Failure(
                        FailureType.AGENT_LOST,
                        "The agent of %s fell silent while it worked on target \"%s\". Check the node and its agent."
                                .formatted(node, target.name()));
        };
    }
}
