package dev.slipway.workflows.release;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The one step of a sweep. */
@ActivityInterface
public interface DeploymentSweepActivities {
    /** Compares every deployment that has not ended with its workflow. Doing it twice, or twice at once, is harmless. */
    @ActivityMethod(name = "sweepDeployments")
    Swept sweep();

    /** How many deployments were started, and how many rows were corrected. */
    record Swept(int started, int corrected) {}
}
