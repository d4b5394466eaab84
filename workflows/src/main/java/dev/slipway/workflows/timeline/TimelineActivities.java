package dev.slipway.workflows.timeline;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.timeline.TimelineEvent;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** Writes the read model of a deployment. Local activities of the control plane. */
@ActivityInterface
public interface TimelineActivities {
    /** Appends events, in their order. Events that are already there are passed over. */
    @ActivityMethod(name = "recordTimeline")
    void append(Append input);

    record Append(DeploymentId deployment, List<TimelineEvent> events) {}
}
