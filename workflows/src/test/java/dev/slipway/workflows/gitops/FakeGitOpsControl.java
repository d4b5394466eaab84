package dev.slipway.workflows.gitops;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.AdmissionActivities;
import dev.slipway.workflows.deployment.EnvironmentLock;
import dev.slipway.workflows.timeline.TimelineActivities;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** The store, in memory, as strict as the real one about transitions; and the real ways to other workflows. */
final class FakeGitOpsControl implements TimelineActivities, AdmissionActivities, IacQueueActivities {
    private final WorkflowClient client;
    private final Map<DeploymentId, List<TimelineEvent>> stories = new HashMap<>();
    private final Map<DeploymentId, GitOpsStatus> statuses = new HashMap<>();
    private final Set<String> written = new HashSet<>();
    private final List<String> illegal = new ArrayList<>();
    private final AtomicReference<Hook> hook = new AtomicReference<>(Hook.NONE);

    FakeGitOpsControl(WorkflowClient client) {
        this.client = client;
    }

    synchronized List<String> illegalTransitions() {
        return List.copyOf(illegal);
    }

    synchronized GitOpsStatus statusOf(DeploymentId deployment) {
        return statuses.getOrDefault(deployment, GitOpsStatus.PENDING);
    }

    synchronized List<TimelineEvent> storyOf(DeploymentId deployment) {
        return List.copyOf(stories.getOrDefault(deployment, List.of()));
    }

    /** Has something happen once, just when the end of a deployment is told. */
    void whenTheEndIsTold(Runnable something) {
        when(event -> event.change() instanceof Change.Ended, something);
    }

    /** Has something happen once, just when such an event is told. */
    void when(Predicate<TimelineEvent> event, Runnable something) {
        hook.set(new Hook(event, something));
    }

    private record Hook(Predicate<TimelineEvent> event, Runnable something) {
        static final Hook NONE = new Hook(_ -> false, () -> {});
    }

    @Override
    public void append(Append input) {
        write(input);
        if (input.events().stream().anyMatch(hook.get().event())) {
            hook.getAndSet(Hook.NONE).something().run();
        }
    }

    private synchronized void write(Append input) {
        for (TimelineEvent event : input.events()) {
            if (written.add(event.id())) {
                stories.computeIfAbsent(input.deployment(), _ -> new ArrayList<>())
                        .add(event);
                if (event.change() instanceof Change.OfDeployment change) {
                    apply(input.deployment(), (GitOpsStatus) DeploymentKind.GITOPS.status(change.status()));
                }
            }
        }
    }

    private void apply(DeploymentId deployment, GitOpsStatus next) {
        GitOpsStatus before = statusOf(deployment);
        if (before != next && !before.canBecome(next)) {
            illegal.add(before + " -> " + next);
        }
        statuses.put(deployment, next);
    }

    @Override
    public long enter(Enter input) {
        return new EnvironmentLock(client).enter(input);
    }

    @Override
    public void hold(Holder input) {
        throw new AssertionError("A GitOps deployment holds its lock for no operator");
    }

    @Override
    public boolean isOpen(DeploymentId deployment) {
        return client.newUntypedWorkflowStub(WorkflowIds.ofDeployment(deployment))
                        .describe()
                        .getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    @Override
    public void enqueue(IacRepositoryWorkflow.Change change) {
        IacRepositoryWorkflow repository = client.newWorkflowStub(
                IacRepositoryWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(
                                WorkflowIds.ofIacRepository(change.repository().name()))
                        .setTaskQueue(TaskQueues.CONTROL_PLANE)
                        .build());
        var batch = client.newSignalWithStartRequest();
        batch.add(repository::serve, IacRepositoryWorkflow.State.NONE);
        batch.add(repository::enqueue, change);
        client.signalWithStart(batch);
    }
}
