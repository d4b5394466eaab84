package dev.slipway.api;

import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.workflows.gitops.GitOpsDeploymentWorkflow;
import dev.slipway.workflows.gitops.GitOpsInput;
import dev.slipway.workflows.gitops.GitOpsResult;
import dev.slipway.workflows.gitops.GitOpsState;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** A deployment that never ends and obeys everything. */
public final class RecordingGitOps implements GitOpsDeploymentWorkflow {
    @Override
    public GitOpsResult deploy(GitOpsInput input) {
        Workflow.await(() -> false);
        return new GitOpsResult(GitOpsStatus.DEPLOYED, null, "");
    }

    @Override
    public void cancel(@Nullable String reason) {}

    @Override
    public void cancelAndRevert(@Nullable String reason) {}

    @Override
    public void supersede(String by) {}

    @Override
    public void look() {}

    @Override
    public GitOpsState state() {
        return new GitOpsState(GitOpsStatus.PENDING, null, null);
    }
}
