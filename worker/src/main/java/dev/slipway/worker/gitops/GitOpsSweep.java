package dev.slipway.worker.gitops;

import dev.slipway.core.deployment.DeploymentKind;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.gitops.GitOpsDeployment;
import dev.slipway.store.gitops.GitOpsDeploymentStore;
import dev.slipway.worker.deployment.SweptKind;
import dev.slipway.workflows.gitops.GitOpsInput;
import dev.slipway.workflows.gitops.GitOpsStart;
import io.temporal.client.WorkflowClient;
import org.springframework.stereotype.Component;

/** GitOps deployments hold nothing: their pushes are workflows of their own. */
@Component
class GitOpsSweep implements SweptKind {
    private final GitOpsDeploymentStore deployments;
    private final WorkflowClient client;

    GitOpsSweep(GitOpsDeploymentStore deployments, WorkflowClient client) {
        this.deployments = deployments;
        this.client = client;
    }

    @Override
    public DeploymentKind kind() {
        return DeploymentKind.GITOPS;
    }

    @Override
    public void start(DeploymentId id) {
        GitOpsDeployment deployment = deployments.find(id).orElseThrow();
        GitOpsStart.start(
                client,
                new GitOpsInput(
                        id, deployment.plan(), deployment.chart(), deployment.job(), deployment.rollbackOf(), null));
    }

    @Override
    public void leave(DeploymentId deployment) {}
}
