package dev.slipway.workflows.release;

import static org.awaitility.Awaitility.await;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.TaskReference;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.AdmissionActivities;
import dev.slipway.workflows.deployment.DeploymentSweepActivities;
import dev.slipway.workflows.deployment.EnvironmentLock;
import dev.slipway.workflows.deployment.EnvironmentWorkflow;
import dev.slipway.workflows.timeline.TimelineActivities;
import dev.slipway.workflows.timeline.TimelineRebuildActivities;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** The store, in memory, as strict as the real one about transitions; and the real way to an environment's workflow. */
final class FakeControlPlane
        implements PlanActivities,
                TimelineActivities,
                AdmissionActivities,
                DeploymentSweepActivities,
                TimelineRebuildActivities {
    private final WorkflowClient client;
    private final Map<DeploymentId, List<PlannedTask>> plans = new ConcurrentHashMap<>();
    private final Map<DeploymentId, List<TimelineEvent>> stories = new ConcurrentHashMap<>();
    private final Set<String> written = new HashSet<>();
    private final Map<DeploymentId, DeploymentStatus> statuses = new HashMap<>();
    private final Map<String, TaskStatus> tasks = new HashMap<>();
    private final List<String> illegal = new ArrayList<>();
    private final AtomicReference<Runnable> atEnd = new AtomicReference<>(() -> {});
    private final AtomicReference<BooleanSupplier> endMayBeWritten = new AtomicReference<>(() -> true);
    private volatile boolean deaf;

    FakeControlPlane(WorkflowClient client) {
        this.client = client;
    }

    void plan(DeploymentId deployment, List<PlannedTask> tasks) {
        plans.put(deployment, List.copyOf(tasks));
    }

    synchronized List<TimelineEvent> storyOf(DeploymentId deployment) {
        return List.copyOf(stories.getOrDefault(deployment, List.of()));
    }

    synchronized List<String> illegalTransitions() {
        return List.copyOf(illegal);
    }

    synchronized DeploymentStatus statusOf(DeploymentId deployment) {
        return statuses.getOrDefault(deployment, DeploymentStatus.PENDING);
    }

    synchronized TaskStatus taskOf(DeploymentId deployment, String target) {
        return tasks.getOrDefault(deployment + "/" + target, TaskStatus.PENDING);
    }

    @Override
    public Plan read(ReadPlan input) {
        List<PlannedTask> plan = plans.getOrDefault(input.deployment(), List.of());
        return new Plan(input.indexes().stream()
                .map(plan::get)
                .map(FakeControlPlane::reference)
                .toList());
    }

    private static TaskReference reference(PlannedTask task) {
        Digest specification = Digest.of(Payloads.json().writeValueAsString(task.target()));
        return new TaskReference(task.index(), TargetReference.of(task.target(), specification), task.artifact());
    }

    /** Has something happen once, just when the end of a deployment is told. */
    void whenTheEndIsTold(Runnable something) {
        atEnd.set(something);
    }

    /** The end of a deployment is written once {@code condition} holds. */
    void delayTheEnd(BooleanSupplier condition) {
        endMayBeWritten.set(condition);
    }

    @Override
    public void append(Append input) {
        write(input);
        if (input.events().stream().anyMatch(event -> event.change() instanceof Change.Ended)) {
            atEnd.getAndSet(() -> {}).run();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> endMayBeWritten.get().getAsBoolean());
        }
    }

    private synchronized void write(Append input) {
        for (TimelineEvent event : input.events()) {
            if (written.add(event.id())) {
                stories.computeIfAbsent(input.deployment(), _ -> new ArrayList<>())
                        .add(event);
                apply(input.deployment(), event.change());
            }
        }
    }

    private void apply(DeploymentId deployment, Change change) {
        switch (change) {
            case Change.OfDeployment of -> {
                DeploymentStatus before = statusOf(deployment);
                DeploymentStatus next = (DeploymentStatus) DeploymentKind.RELEASE.status(of.status());
                if (before != next && !before.canBecome(next)) {
                    illegal.add(before + " -> " + next);
                }
                statuses.put(deployment, next);
            }
            case Change.OfTask of -> {
                TaskStatus before = taskOf(deployment, of.target());
                if (before != of.status() && !before.canBecome(of.status())) {
                    illegal.add(of.target() + ": " + before + " -> " + of.status());
                }
                tasks.put(deployment + "/" + of.target(), of.status());
            }
            case Change.Ended _ -> {}
        }
    }

    /** From now on, requests for the lock get lost. */
    void turnDeaf() {
        deaf = true;
    }

    @Override
    public long enter(Enter input) {
        if (deaf) {
            return 0;
        }
        return new EnvironmentLock(client).enter(input);
    }

    @Override
    public void hold(Holder input) {
        environment(input).hold(input.deployment());
    }

    private EnvironmentWorkflow environment(Holder holder) {
        return client.newWorkflowStub(EnvironmentWorkflow.class, WorkflowIds.ofEnvironment(holder.environment()));
    }

    @Override
    public boolean isOpen(DeploymentId deployment) {
        return client.newUntypedWorkflowStub(WorkflowIds.ofDeployment(deployment))
                        .describe()
                        .getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
    }

    /** Nothing of it is ever lost. */
    @Override
    public void sweep(Sweep input) {}

    @Override
    public void rebuild(DeploymentId deployment) {}
}
