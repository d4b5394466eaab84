package dev.slipway.api;

import dev.slipway.workflows.release.DeploymentInput;
import dev.slipway.workflows.release.DeploymentResult;
import dev.slipway.workflows.release.ReleaseDeploymentWorkflow;

public class RecordingDeployment extends RecordedOrders implements ReleaseDeploymentWorkflow {
    @Override
    public DeploymentResult deploy(DeploymentInput input) {
        return untilCanceled(input);
    }
}
