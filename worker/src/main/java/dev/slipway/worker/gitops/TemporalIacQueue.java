package dev.slipway.worker.gitops;

import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.gitops.IacQueueActivities;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import org.springframework.stereotype.Component;

/** Carries what pushes say to their repository's workflow. */
@Component
public class TemporalIacQueue implements IacQueueActivities {
    private final WorkflowClient client;

    TemporalIacQueue(WorkflowClient client) {
        this.client = client;
    }

    @Override
    public void enqueue(IacRepositoryWorkflow.Change change) {
        String name = change.repository().name();
        IacRepositoryWorkflow repository = client.newWorkflowStub(
                IacRepositoryWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(WorkflowIds.ofIacRepository(name))
                        .setTaskQueue(TaskQueues.CONTROL_PLANE)
                        .setStaticSummary("One push at a time for " + name)
                        .build());
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(repository::serve, IacRepositoryWorkflow.State.NONE);
        request.add(repository::enqueue, change);
        client.signalWithStart(request);
    }
}
