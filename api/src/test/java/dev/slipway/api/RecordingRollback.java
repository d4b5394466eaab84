package dev.slipway.api;

import dev.slipway.workflows.release.DeploymentInput;
import dev.slipway.workflows.release.DeploymentResult;
import dev.slipway.workflows.release.RollbackWorkflow;

public class RecordingRollback extends RecordedOrders implements RollbackWorkflow {
    @Override
    public DeploymentResult rollBack(DeploymentInput input) {
        return untilCanceled(input);
    }
}
