package dev.slipway.workflows.deployment;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Kept running by a schedule: starts what was accepted and never started, and corrects rows whose workflow has ended
 * otherwise.
 */
@WorkflowInterface
public interface DeploymentSweepWorkflow {
    String TYPE = "DeploymentSweep";

    @WorkflowMethod(name = TYPE)
    void sweep();
}
