package dev.slipway.worker.gitops;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.store.gitops.GitOpsDeployment;
import dev.slipway.store.gitops.GitOpsDeploymentStore;
import dev.slipway.worker.deployment.SweptKind;
import dev.slipway.worker.release.TemporalAdmission;
import dev.slipway.workflows.deployment.AdmissionActivities;
import dev.slipway.workflows.gitops.GitOpsInput;
import io.temporal.client.WorkflowClient;
import org.springframework.stereotype.Component;

/** Starts GitOps deployments, and releases the locks that they left behind. */
@Component
class GitOpsSweep implements SweptKind {
    private final GitOpsDeploymentStore deployments;
    private final TemporalAdmission admission;
    private final WorkflowClient client;

    GitOpsSweep(GitOpsDeploymentStore deployments, TemporalAdmission admission, WorkflowClient client) {
        this.deployments = deployments;
        this.admission = admission;
        this.client = client;
    }

    @Override
    public DeploymentKind kind() {
        return DeploymentKind.GITOPS;
    }

    @Override
    public void start(DeploymentId id) {
        GitOpsDeployment deployment = deployments.find(id).orElseThrow();
        new GitOpsInput(
                        id,
                        deployment.plan(),
                        deployment.chart(),
                        deployment.job(),
                        deployment.plan().concurrency(),
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
                .ifPresent(deployment -> admission.leave(new AdmissionActivities.Holder(
                        deployment.plan().environment().toString(), id)));
    }
}
