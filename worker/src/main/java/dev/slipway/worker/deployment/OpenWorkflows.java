package dev.slipway.worker.deployment;

import dev.slipway.workflows.WorkflowIds;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowServiceException;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The deployments whose workflow runs, by one query however many there are. */
@Component
public class OpenWorkflows {
    private static final String RUNNING =
            "ExecutionStatus = 'Running' AND WorkflowId STARTS_WITH '" + WorkflowIds.DEPLOYMENT + "'";
    private static final Logger log = LoggerFactory.getLogger(OpenWorkflows.class);

    private final WorkflowClient client;

    OpenWorkflows(WorkflowClient client) {
        this.client = client;
    }

    /**
     * Their workflow ids, as far as visibility has come: it lags behind, so that whoever is missing has to be asked for by
     * itself. Empty where visibility does not answer.
     */
    public Set<String> ids() {
        try {
            return client.listExecutions(RUNNING)
                    .map(WorkflowExecutionMetadata::getExecution)
                    .map(execution -> execution.getWorkflowId())
                    .collect(Collectors.toSet());
        } catch (StatusRuntimeException | WorkflowServiceException e) {
            log.warn("Could not list running workflows in Temporal; checking every open deployment instead.", e);
            return Set.of();
        }
    }
}
