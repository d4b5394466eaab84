package dev.slipway.workflows.gitops;

import dev.slipway.workflows.gitops.GitOpsEnding.Commit;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** What people and the repository say to a deployment; the work itself is {@link GitOpsDeployment}'s. */
public final class GitOpsDeploymentWorkflowImpl implements GitOpsDeploymentWorkflow {
    private final GitOpsDeployment deployment;

    @WorkflowInit
    public GitOpsDeploymentWorkflowImpl(GitOpsInput input) {
        deployment = new GitOpsDeployment(input);
    }

    @Override
    public GitOpsResult deploy(GitOpsInput same) {
        return deployment.run();
    }

    @Override
    public void cancel(@Nullable String reason) {
        deployment.stop(new GitOpsEnding.Canceled(said(reason), Commit.STANDS));
    }

    @Override
    public void cancelAndRevert(@Nullable String reason) {
        deployment.stop(new GitOpsEnding.Canceled(said(reason), Commit.REVERTED));
    }

    @Override
    public void supersede(String by) {
        deployment.stop(new GitOpsEnding.Canceled("Superseded by " + by + ".", Commit.REPLACED));
    }

    @Override
    public void look() {
        deployment.look();
    }

    @Override
    public GitOpsState state() {
        return deployment.state();
    }

    // The Temporal UI sends signals without an argument, or with an empty one.
    private static String said(@Nullable String reason) {
        return reason == null || reason.isBlank() ? "Canceled by a person." : reason;
    }
}
