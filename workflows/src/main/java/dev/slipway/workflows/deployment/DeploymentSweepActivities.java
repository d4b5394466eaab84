package dev.slipway.workflows.deployment;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.time.Duration;

/** The one step of the sweep. */
@ActivityInterface
public interface DeploymentSweepActivities {
    /**
     * Compares every deployment that has not ended with its workflow, again and again, for as long as {@code input} says.
     * Doing it twice, or twice at once, is harmless.
     */
    @ActivityMethod(name = "sweepDeployments")
    void sweep(Sweep input);

    /** For {@code duration}, every {@code period}. */
    record Sweep(Duration period, Duration duration) {}
}
