package dev.slipway.api;

import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.deployment.Control;
import dev.slipway.workflows.deployment.Controlled;
import dev.slipway.workflows.deployment.DeploymentState;
import dev.slipway.workflows.deployment.OrderAnswer;
import dev.slipway.workflows.deployment.Stop;
import dev.slipway.workflows.gitops.GitOpsDeploymentWorkflow;
import dev.slipway.workflows.gitops.GitOpsInput;
import dev.slipway.workflows.gitops.GitOpsResult;
import dev.slipway.workflows.gitops.PushResult;
import io.temporal.workflow.Workflow;
import java.util.List;

/** A deployment that never ends and obeys everything. */
public final class RecordingGitOps implements GitOpsDeploymentWorkflow, Controlled {
    public RecordingGitOps() {
        Control.of(this);
    }

    @Override
    public GitOpsResult deploy(GitOpsInput input) {
        Workflow.await(() -> false);
        return new GitOpsResult(GitOpsStatus.DEPLOYED, null, Message.text(""));
    }

    @Override
    public OrderAnswer stop(Stop stop) {
        return OrderAnswer.ACCEPTED;
    }

    @Override
    public void admitted(long epoch) {}

    @Override
    public void rejected(String holder) {}

    @Override
    public void pushed(PushResult result) {}

    @Override
    public void look() {}

    @Override
    public DeploymentState state() {
        return new DeploymentState(GitOpsStatus.PENDING.wireName(), false, null, null, 0, List.of());
    }
}
