package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.workflows.ControlPlaneOptions;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The wait of a deployment for the lock of its environment, and its release. */
public final class Admission {
    /** A deployment that waited this long is not what anybody wants any more. */
    public static final Duration QUEUE_LIMIT = Duration.ofDays(7);

    // Asking again mends an environment's workflow that was terminated; rarely, for each time adds to the history.
    private static final Duration FIRST_REMINDER = Duration.ofMinutes(1);
    private static final Duration LAST_REMINDER = Duration.ofMinutes(30);

    private final DeploymentId deployment;
    private final String environment;
    private final Concurrency concurrency;
    private final AdmissionActivities activities =
            Workflow.newLocalActivityStub(AdmissionActivities.class, ControlPlaneOptions.UNTIL_IT_IS_DONE);
    private long epoch;
    private @Nullable String holder;

    public Admission(DeploymentId deployment, String environment, Concurrency concurrency) {
        this.deployment = deployment;
        this.environment = environment;
        this.concurrency = concurrency;
    }

    public void admitted(long given) {
        epoch = given;
    }

    public void rejected(String by) {
        holder = by;
    }

    /** Greater than that of any deployment that had the lock before; 0 before it is granted. */
    public long epoch() {
        return epoch;
    }

    /** Asks for the lock and waits for it; answers why it is not granted. */
    public Optional<Failure> await() {
        Duration reminder = FIRST_REMINDER;
        Duration waited = Duration.ZERO;
        ask();
        while (!Waits.await(reminder, () -> epoch > 0 || holder != null)) {
            waited = waited.plus(reminder);
            if (waited.compareTo(QUEUE_LIMIT) >= 0) {
                return Optional.of(new Failure(
                        FailureType.WAITED_TOO_LONG,
                        DeploymentMessage.WAITED_TOO_LONG.with(
                                "environment", environment, "days", QUEUE_LIMIT.toDays())));
            }
            reminder = reminder.multipliedBy(2);
            if (reminder.compareTo(LAST_REMINDER) > 0) {
                reminder = LAST_REMINDER;
            }
            ask();
        }
        // Where the answer came at once, nothing has noticed yet that the deployment was stopped meanwhile.
        CancellationScope.throwCanceled();
        return Optional.ofNullable(holder).map(this::busy);
    }

    private void ask() {
        long granted = activities.enter(
                new AdmissionActivities.Enter(environment, new EnvironmentWorkflow.Entry(deployment, concurrency)));
        if (granted > 0) {
            epoch = granted;
        }
    }

    /** Says that it waits for an operator, and gives way to the next deployment. */
    public void hold() {
        activities.hold(new AdmissionActivities.Holder(environment, deployment));
    }

    /** Says that it is at work again; returns once the environment knows, or why it may not be. */
    public Optional<Failure> goOn() {
        epoch = 0;
        return await();
    }

    /** Releases the lock, or leaves the queue; returns once that is written down. */
    public void leave() {
        try {
            Workflow.newExternalWorkflowStub(EnvironmentWorkflow.class, WorkflowIds.ofEnvironment(environment))
                    .leave(deployment);
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            // A lock whose workflow was terminated needs no release; the next deployment makes a new one.
        }
    }

    private Failure busy(String by) {
        return new Failure(
                FailureType.ENVIRONMENT_BUSY,
                DeploymentMessage.ENVIRONMENT_BUSY.with("environment", environment, "holder", by));
    }
}
