package dev.slipway.api.gitops;

import dev.slipway.api.deployment.DeploymentFeature;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys;
import dev.slipway.store.gitops.GitOpsDeployment;
import dev.slipway.store.gitops.GitOpsDeploymentStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of a GitOps deployment as of any other. */
@Component
class GitOpsDeployments implements DeploymentFeature {
    private final GitOpsDeploymentStore deployments;
    private final GitOpsRequests requests;

    GitOpsDeployments(GitOpsDeploymentStore deployments, GitOpsRequests requests) {
        this.deployments = deployments;
        this.requests = requests;
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
    public void requireTarget(DeploymentId id, String target) {
        throw new SlipwayException(
                FailureType.UNKNOWN_TARGET, "Deployment " + id + " is a GitOps deployment, which has no targets");
    }

    /** What has ended is followed by what was deployed before. */
    @Override
    public IdempotencyKeys.Answer rollBack(DeploymentId ended, @Nullable String reason, @Nullable IdempotencyKey key) {
        return requests.rollBack(find(ended), reason, key);
    }

    private GitOpsDeployment find(DeploymentId id) {
        return deployments.find(id).orElseThrow();
    }
}
