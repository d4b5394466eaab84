package dev.slipway.workflows.deployment;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment of any kind can be told, and answers. Updates say whether they are obeyed; signals of the same names
 * are for the Temporal UI, and are ignored where they make no sense. Updates have no validators: the SDK encrypts the
 * failure of a validator twice, and its caller could not read why.
 */
public interface DeploymentControl {
    String CANCEL = "cancel";
    String ROLLBACK = "rollback";
    String PAUSE = "pause";
    String RESUME = "resume";
    String RETRY = "retry";
    String SKIP = "skip";
    String ABANDON = "abandon";
    String STATE = "state";

    /** Stops what runs and ends as canceled. What becomes of what was done, the kind says. */
    @UpdateMethod(name = CANCEL)
    OrderAnswer cancel(Order order);

    /** Stops what runs, restores what was there before, and ends as rolled back. */
    @UpdateMethod(name = ROLLBACK)
    OrderAnswer rollback(Order order);

    /** Starts nothing further until it is resumed. */
    @UpdateMethod(name = PAUSE)
    OrderAnswer pause(Order order);

    @UpdateMethod(name = RESUME)
    OrderAnswer resume(Order order);

    /** Tries a failed target of a held deployment again. */
    @UpdateMethod(name = RETRY)
    OrderAnswer retry(Order.OfTarget order);

    /** Leaves a failed target of a held deployment as it is and goes on without it. */
    @UpdateMethod(name = SKIP)
    OrderAnswer skip(Order.OfTarget order);

    /** Gives up what it still restores, and ends with the targets as they are. */
    @UpdateMethod(name = ABANDON)
    OrderAnswer abandon(Order order);

    @SignalMethod(name = CANCEL)
    void cancelBySignal(@Nullable String reason);

    @SignalMethod(name = ROLLBACK)
    void rollbackBySignal(@Nullable String reason);

    @SignalMethod(name = PAUSE)
    void pauseBySignal(@Nullable String reason);

    @SignalMethod(name = RESUME)
    void resumeBySignal(@Nullable String reason);

    @SignalMethod(name = RETRY)
    void retryBySignal(String target);

    @SignalMethod(name = SKIP)
    void skipBySignal(String target);

    @SignalMethod(name = ABANDON)
    void abandonBySignal(@Nullable String reason);

    /** The environment's lock is granted; every fence of this deployment has this epoch. From the environment's workflow. */
    @SignalMethod(name = "admit")
    void admit(long epoch);

    /** The environment takes one deployment at a time, and {@code holder} has its lock. From the environment's workflow. */
    @SignalMethod(name = "reject")
    void reject(String holder);

    /** A later deployment of the same environment takes over. From the environment's workflow. */
    @SignalMethod(name = "supersede")
    void supersede(String by);

    /** The deployment as its workflow knows it. */
    @QueryMethod(name = STATE)
    DeploymentState state();
}
