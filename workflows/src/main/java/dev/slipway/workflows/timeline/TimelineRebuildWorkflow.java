package dev.slipway.workflows.timeline;

import dev.slipway.core.deployment.DeploymentId;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Writes the read model of a deployment that has ended again: its status, its tasks and its events. */
@WorkflowInterface
public interface TimelineRebuildWorkflow {
    String TYPE = "TimelineRebuild";

    @WorkflowMethod(name = TYPE)
    void rebuild(DeploymentId deployment);
}
