package dev.slipway.api.webhook;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.store.gitops.MonitoredCharts;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.gitops.GitOpsDeploymentWorkflow;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Calls those who watch clusters. Whoever is not reached sees it by itself, only later. */
@Component
class Lookouts {
    private static final Logger log = LoggerFactory.getLogger(Lookouts.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final MonitoredCharts monitored;
    private final TemporalCalls temporal;

    Lookouts(MonitoredCharts monitored, TemporalCalls temporal) {
        this.monitored = monitored;
        this.temporal = temporal;
    }

    List<DeploymentId> find(News news) {
        return news.concerns().apply(monitored);
    }

    void call(List<DeploymentId> watching) {
        try {
            watching.forEach(this::call);
        } catch (StatusRuntimeException e) {
            log.warn("Could not notify every deployment that a webhook concerns", e);
        }
    }

    private void call(DeploymentId deployment) {
        GitOpsDeploymentWorkflow workflow =
                temporal.client().newWorkflowStub(GitOpsDeploymentWorkflow.class, WorkflowIds.ofDeployment(deployment));
        try {
            temporal.within(LIMIT, () -> {
                workflow.look();
                return workflow;
            });
        } catch (WorkflowNotFoundException e) {
            log.debug("Deployment {} has ended meanwhile", deployment);
        } catch (WorkflowException e) {
            log.warn("Could not notify deployment {}", deployment, e);
        }
    }
}
