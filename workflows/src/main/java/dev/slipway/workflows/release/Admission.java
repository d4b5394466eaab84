package dev.slipway.workflows.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wait for a turn in the environment. */
final class Admission {
    /** A deployment that waited this long is not what anybody wants any more. */
    static final Duration QUEUE_LIMIT = Duration.ofDays(7);

    // Asking again mends an environment's workflow that was terminated; rarely, for each time adds to the history.
    private static final Duration FIRST_REMINDER = Duration.ofMinutes(1);
    private static final Duration LAST_REMINDER = Duration.ofMinutes(30);

    private final DeploymentInput input;
    private long epoch;
    private @Nullable String holder;

    Admission(DeploymentInput input) {
        this.input = input;
    }

    void admitted(long given) {
        epoch = given;
    }

    void rejected(String by) {
        holder = by;
    }

    long epoch() {
        return epoch;
    }

    /** Asks for a turn and waits for it; answers why there will be none. */
    Optional<Failure> await() {
        Duration reminder = FIRST_REMINDER;
        Duration waited = Duration.ZERO;
        ask();
        while (!Workflow.await(reminder, () -> epoch > 0 || holder != null)) {
            waited = waited.plus(reminder);
            if (waited.compareTo(QUEUE_LIMIT) >= 0) {
                return Optional.of(new Failure(
                        FailureType.WAITED_TOO_LONG,
                        "It waited %d days for environment \"%s\". Deploy again when the environment is free."
                                .formatted(QUEUE_LIMIT.toDays(), input.environment())));
            }
            reminder = reminder.multipliedBy(2);
            if (reminder.compareTo(LAST_REMINDER) > 0) {
                reminder = LAST_REMINDER;
            }
            ask();
        }
        return Optional.ofNullable(holder).map(this::busy);
    }

    private void ask() {
        ControlPlane.admission()
                .enter(new AdmissionActivities.Enter(
                        input.environment(), new EnvironmentWorkflow.Entry(input.deployment(), input.concurrency())));
    }

    /** Says that it waits for a person, and gives way to whoever comes next. */
    void hold() {
        ControlPlane.admission().hold(new AdmissionActivities.Seat(input.environment(), input.deployment()));
    }

    /** Says that it is at work again; returns once the environment knows, or why it may not be. */
    Optional<Failure> goOn() {
        epoch = 0;
        return await();
    }

    /** Says that the turn is over; returns once that is written down. */
    void leave() {
        try {
            Workflow.newExternalWorkflowStub(EnvironmentWorkflow.class, WorkflowIds.ofEnvironment(input.environment()))
                    .leave(input.deployment());
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            // A door that was taken away needs no closing; the next deployment makes a new one.
        }
    }

    private Failure busy(String by) {
        return new Failure(
                FailureType.ENVIRONMENT_BUSY,
                "Environment \"%s\" takes one deployment at a time, and %s is under way. Wait for it: slipway watch %s"
                        .formatted(input.environment(), by, by));
    }
}
