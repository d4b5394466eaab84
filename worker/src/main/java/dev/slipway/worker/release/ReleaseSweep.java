package dev.slipway.worker.release;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.worker.deployment.SweptKind;
import dev.slipway.workflows.deployment.AdmissionActivities;
import dev.slipway.workflows.release.DeploymentInput;
import io.temporal.client.WorkflowClient;
import org.springframework.stereotype.Component;

/** Starts release deployments, and releases the locks that they left behind. */
@Component
class ReleaseSweep implements SweptKind {
    private final DeploymentStore deployments;
    private final TemporalAdmission admission;
    private final WorkflowClient client;

    ReleaseSweep(DeploymentStore deployments, TemporalAdmission admission, WorkflowClient client) {
        this.deployments = deployments;
        this.admission = admission;
        this.client = client;
    }

    @Override
    public DeploymentKind kind() {
        return DeploymentKind.RELEASE;
    }

    @Override
    public void start(DeploymentId id) {
        Deployment deployment = deployments.find(id).orElseThrow();
        new DeploymentInput(
                        id,
                        deployment.environment(),
                        deployment.release(),
                        deployment.concurrency(),
                        deployment.strategy(),
                        deployment.onFailure(),
                        deployment.targets(),
                        deployment.force(),
                        deployment.rollbackOf(),
                        deployment.actor(),
                        null)
                .start()
                .by(client);
    }

    @Override
    public void leave(DeploymentId id) {
        deployments
                .find(id)
                .ifPresent(deployment -> admission.leave(new AdmissionActivities.Holder(deployment.environment(), id)));
    }
}
