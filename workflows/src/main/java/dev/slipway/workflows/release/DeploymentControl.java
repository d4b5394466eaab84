package dev.slipway.workflows.release;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a person can tell a deployment that is under way. Signals may come from the Temporal UI at any moment and are
 * ignored where they make no sense; updates answer whether they are obeyed. They have no validators: the SDK encrypts
 * the failure of a validator twice, and its caller could not read why.
 */
public interface DeploymentControl {
    /** Stops running steps, brings touched targets back to what they ran, and ends as canceled. */
    @SignalMethod(name = "cancel")
    void cancel(@Nullable String reason);

    /** Begins no further target until {@link #resume()}. */
    @SignalMethod(name = "pause")
    void pause(@Nullable String reason);

    @SignalMethod(name = "resume")
    void resume();

    /** Stops running steps and brings touched targets back to what they ran; ends as rolled back. */
    @SignalMethod(name = "rollback")
    void rollback(@Nullable String reason);

    /** A later deployment of the same environment takes over. From the environment's workflow. */
    @SignalMethod(name = "supersede")
    void supersede(String by);

    /** It is this deployment's turn; every fence of it has this epoch. From the environment's workflow. */
    @SignalMethod(name = "admit")
    void admit(long epoch);

    /** The environment takes one deployment at a time and {@code holder} is under way. From the environment's workflow. */
    @SignalMethod(name = "reject")
    void reject(String holder);

    /** Tries a failed target of a held deployment again. */
    @UpdateMethod(name = "retryTask")
    OrderAnswer retryTask(String target);

    /** Leaves a failed target of a held deployment as it is and goes on without it. */
    @UpdateMethod(name = "skipTask")
    OrderAnswer skipTask(String target);

    /** The deployment as the workflow knows it; what the read model is corrected by. */
    @QueryMethod(name = "state")
    DeploymentState state();
}
