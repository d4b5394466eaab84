package dev.slipway.api.release;

import dev.slipway.api.deployment.DeploymentFeature;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys;
import dev.slipway.store.release.DeploymentStore;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What is asked of a release deployment as of any other. */
@Component
class ReleaseDeployments implements DeploymentFeature {
    private final DeploymentStore deployments;
    private final DeploymentRequests requests;

    ReleaseDeployments(DeploymentStore deployments, DeploymentRequests requests) {
        this.deployments = deployments;
        this.requests = requests;
    }

    @Override
    public DeploymentKind kind() {
        return DeploymentKind.RELEASE;
    }

    @Override
    public DeploymentView view(DeploymentId id) {
        return DeploymentView.of(deployments.find(id).orElseThrow(), deployments.tasks(id));
    }

    @Override
    public Map<DeploymentId, DeploymentView> summaries(List<DeploymentId> ids) {
        return deployments.find(ids).stream()
                .map(DeploymentView::withoutTasks)
                .collect(Collectors.toMap(DeploymentView::id, Function.identity()));
    }

    @Override
    public void requireTarget(DeploymentId id, String target) {
        if (!deployments.hasTarget(id, target)) {
            throw new SlipwayException(
                    FailureType.UNKNOWN_TARGET, "Deployment " + id + " has no target \"" + Names.shown(target) + "\"");
        }
    }

    @Override
    public IdempotencyKeys.Answer rollBack(DeploymentId ended, @Nullable String reason, @Nullable IdempotencyKey key) {
        return requests.rollBack(deployments.find(ended).orElseThrow(), reason, key);
    }
}
