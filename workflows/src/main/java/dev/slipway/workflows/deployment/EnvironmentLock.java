package dev.slipway.workflows.deployment;

import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.EnvironmentWorkflow.Admissions;
import io.grpc.Context;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way of a deployment to the lock of its environment; workflows themselves can start no other as they speak to it. */
public final class EnvironmentLock {
    /** Far less than a task of the deployment may take. */
    private static final Duration ANSWER = Duration.ofSeconds(2);

    private static final Logger log = LoggerFactory.getLogger(EnvironmentLock.class);
    private static final ScheduledExecutorService DEADLINES = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("environment-lock-deadlines").factory());

    private final WorkflowClient client;
    private final Duration limit;

    public EnvironmentLock(WorkflowClient client) {
        this(client, ANSWER);
    }

    /** An environment that gives no answer within {@code limit} gives it later, by a signal. */
    EnvironmentLock(WorkflowClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    /** As {@link AdmissionActivities#enter}. A question whose answer got lost may be asked again. */
    public long enter(AdmissionActivities.Enter input) {
        Context.CancellableContext limited =
                Context.current().withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS, DEADLINES);
        try {
            return limited.call(() -> ask(input));
        } catch (Exception e) {
            log.debug("The environment {} gave no answer at once; it will by a signal.", input.environment(), e);
            tell(input);
            return 0;
        } finally {
            limited.cancel(null);
        }
    }

    private long ask(AdmissionActivities.Enter input) {
        EnvironmentWorkflow environment = stub(input);
        return WorkflowClient.executeUpdateWithStart(
                environment::enter,
                input.entry(),
                UpdateOptions.<Long>newBuilder().build(),
                new WithStartWorkflowOperation<>(environment::serve, Admissions.NONE));
    }

    private void tell(AdmissionActivities.Enter input) {
        EnvironmentWorkflow environment = stub(input);
        BatchRequest request = client.newSignalWithStartRequest();
        request.add(environment::serve, Admissions.NONE);
        request.add(environment::enterBySignal, input.entry());
        client.signalWithStart(request);
    }

    private EnvironmentWorkflow stub(AdmissionActivities.Enter input) {
        return client.newWorkflowStub(
                EnvironmentWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(WorkflowIds.ofEnvironment(input.environment()))
                        .setTaskQueue(TaskQueues.ENVIRONMENTS)
                        .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_USE_EXISTING)
                        .setStaticSummary("One deployment at a time for " + input.environment())
                        .build());
    }
}
