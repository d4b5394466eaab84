package dev.slipway.workflows.timeline;

import dev.slipway.core.deployment.DeploymentId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The one step of a rebuild. */
@ActivityInterface
public interface TimelineRebuildActivities {
    /**
     * Replaces the read model of a deployment by what its workflow's history tells. Doing it twice is harmless. Fails with
     * {@code NotPossibleNow}, and changes nothing, where the workflow still runs or Temporal no longer has its history.
     */
    @ActivityMethod(name = "rebuildTimeline")
    void rebuild(DeploymentId deployment);
}
