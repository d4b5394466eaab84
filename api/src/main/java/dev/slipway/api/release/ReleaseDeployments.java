package dev.slipway.api.release;

import dev.slipway.api.deployment.DeploymentFeature;
import dev.slipway.core.deployment.DeploymentKind;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.release.Accepted;
import dev.slipway.store.release.Deployment;
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
    private final DeploymentOrders orders;
    private final DeploymentRequests requests;

    ReleaseDeployments(DeploymentStore deployments, DeploymentOrders orders, DeploymentRequests requests) {
        this.deployments = deployments;
        this.orders = orders;
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

    /** A release is always brought back to what ran before. */
    @Override
    public void cancel(DeploymentId id, @Nullable String reason, boolean revert) {
        orders.signal(deployments.find(id).orElseThrow(), workflow -> workflow.cancel(reason));
    }

    @Override
    public RollbackAnswer rollBack(DeploymentId id, @Nullable String reason, @Nullable IdempotencyKey key) {
        Deployment deployment = deployments.find(id).orElseThrow();
        if (deployment.ended()) {
            return answer(requests.rollBack(deployment, reason, key));
        }
        // First the key: when the deployment has ended and the answer was lost, the same request must not begin
        // another.
        Accepted accepted = requests.keep(deployment, key);
        orders.signal(deployment, workflow -> workflow.rollback(reason));
        return answer(accepted);
    }

    private static RollbackAnswer answer(Accepted accepted) {
        return new RollbackAnswer(accepted.deployment().id(), accepted.response());
    }
}
