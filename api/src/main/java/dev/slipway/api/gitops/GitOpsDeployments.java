package dev.slipway.api.gitops;

import dev.slipway.api.deployment.DeploymentFeature;
import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.deployment.DeploymentKind;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.gitops.GitOpsAcceptance.Accepted;
import dev.slipway.store.gitops.GitOpsDeployment;
import dev.slipway.store.gitops.GitOpsDeploymentStore;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.gitops.GitOpsDeploymentWorkflow;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What is asked of a GitOps deployment as of any other. */
@Component
class GitOpsDeployments implements DeploymentFeature {
    private static final Duration SIGNAL = Duration.ofSeconds(5);

    private final GitOpsDeploymentStore deployments;
    private final GitOpsRequests requests;
    private final GitOpsStarts starts;
    private final TemporalCalls temporal;
    private final JsonMapper json;

    GitOpsDeployments(
            GitOpsDeploymentStore deployments,
            GitOpsRequests requests,
            GitOpsStarts starts,
            TemporalCalls temporal,
            JsonMapper json) {
        this.deployments = deployments;
        this.requests = requests;
        this.starts = starts;
        this.temporal = temporal;
        this.json = json;
    }

    @Override
    public DeploymentKind kind() {
        return DeploymentKind.GITOPS;
    }

    @Override
    public GitOpsDeploymentView view(DeploymentId id) {
        return GitOpsDeploymentView.of(find(id));
    }

    @Override
    public Map<DeploymentId, GitOpsDeploymentView> summaries(List<DeploymentId> ids) {
        return deployments.find(ids).stream()
                .map(GitOpsDeploymentView::of)
                .collect(Collectors.toMap(GitOpsDeploymentView::id, Function.identity()));
    }

    @Override
    public void cancel(DeploymentId id, @Nullable String reason, boolean revert) {
        GitOpsDeployment deployment = find(id);
        if (deployment.ended()) {
            throw ended(deployment);
        }
        try {
            signal(deployment, reason, revert);
        } catch (WorkflowNotFoundException e) {
            // Its start has not come through yet.
            starts.start(deployment);
            try {
                signal(deployment, reason, revert);
            } catch (WorkflowNotFoundException gone) {
                throw ended(deployment);
            }
        }
    }

    private void signal(GitOpsDeployment deployment, @Nullable String reason, boolean revert) {
        GitOpsDeploymentWorkflow workflow = temporal.client()
                .newWorkflowStub(GitOpsDeploymentWorkflow.class, WorkflowIds.ofDeployment(deployment.id()));
        temporal.within(SIGNAL, () -> {
            if (revert) {
                workflow.cancelAndRevert(reason);
            } else {
                workflow.cancel(reason);
            }
            return workflow;
        });
    }

    /** What is under way is canceled and reverted; what has ended is followed by what was deployed before. */
    @Override
    public RollbackAnswer rollBack(DeploymentId id, @Nullable String reason, @Nullable IdempotencyKey key) {
        GitOpsDeployment deployment = find(id);
        if (!deployment.ended()) {
            cancel(id, reason, true);
            return new RollbackAnswer(id, json.writeValueAsString(view(id)));
        }
        Accepted accepted = requests.rollBack(deployment, reason, key);
        return new RollbackAnswer(accepted.deployment().id(), accepted.response());
    }

    private GitOpsDeployment find(DeploymentId id) {
        return deployments.find(id).orElseThrow();
    }

    private static SlipwayException ended(GitOpsDeployment deployment) {
        String commit = deployment.iacCommit() == null
                ? ""
                : "; commit " + deployment.iacCommit() + " stands. To take it back: slipway rollback "
                        + deployment.id();
        return new SlipwayException(
                FailureType.NOT_POSSIBLE_NOW, "Deployment " + deployment.id() + " has ended" + commit);
    }
}
