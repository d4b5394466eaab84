package dev.slipway.api.deployment;

import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.deployment.DeploymentId;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Starts the workflows of deployments whose rows are committed. */
@Component
public class WorkflowStarts {
    private static final Logger log = LoggerFactory.getLogger(WorkflowStarts.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final TemporalCalls temporal;

    WorkflowStarts(TemporalCalls temporal) {
        this.temporal = temporal;
    }

    /** Starts the workflow, if that is possible now. Otherwise the sweep will: the deployment is accepted either way. */
    public void attempt(DeploymentId id, Consumer<WorkflowClient> workflow) {
        try {
            start(workflow);
        } catch (StatusRuntimeException | WorkflowException e) {
            log.warn("Deployment {} is accepted but could not be started yet; the sweep will start it", id, e);
        }
    }

    /** Starts the workflow, or fails where Temporal does not take it in time. */
    public void start(Consumer<WorkflowClient> workflow) {
        temporal.within(LIMIT, () -> {
            workflow.accept(temporal.client());
            return workflow;
        });
    }
}
