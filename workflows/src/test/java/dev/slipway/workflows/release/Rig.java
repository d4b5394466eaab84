package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Everything that a deployment needs, with one fake node "n1"; on whatever Temporal server the client speaks to. */
final class Rig {
    final FakeNode node = new FakeNode();
    final FakeControlPlane control;
    final WorkflowClient client;
    private int deployments;

    Rig(WorkflowClient client, WorkerFactory workers) {
        this.client = client;
        control = new FakeControlPlane(client);
        Worker worker = workers.newWorker(TaskQueues.CONTROL_PLANE);
        worker.registerWorkflowImplementationTypes(
                ReleaseDeploymentWorkflowImpl.class, RollbackWorkflowImpl.class, EnvironmentWorkflowImpl.class);
        worker.registerActivitiesImplementations(control);
        WorkerOptions quickToCancel = WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(100))
                .build();
        workers.newWorker(TaskQueues.ofNode("n1"), quickToCancel).registerActivitiesImplementations(node);
        workers.start();
    }

    /** A deployment to describe and start. */
    Order order(String version) {
        return new Order(version);
    }

    final class Order {
        private final String version;
        private List<PlannedTask> tasks;
        private Strategy strategy = Strategy.AllAtOnce.DEFAULT;
        private OnFailure onFailure = OnFailure.ROLLBACK;
        private Concurrency concurrency = Concurrency.QUEUE;
        private boolean force;

        Order(String version) {
            this.version = version;
            this.tasks = tasks(3);
        }

        Order targets(int count) {
            tasks = tasks(count);
            return this;
        }

        /** One more target, on another node. */
        Order alsoOn(String otherNode) {
            List<PlannedTask> more = new ArrayList<>(tasks);
            more.add(task(tasks.size(), otherNode));
            tasks = more;
            return this;
        }

        Order rolling(String batch) {
            strategy = new Strategy.Rolling(BatchSize.parse(batch));
            return this;
        }

        Order stopOnFailure() {
            onFailure = OnFailure.STOP;
            return this;
        }

        Order concurrency(Concurrency policy) {
            concurrency = policy;
            return this;
        }

        Order force() {
            force = true;
            return this;
        }

        Started start() {
            return start(_ -> {});
        }

        /** {@code known} gets the workflow before it starts. */
        Started start(Consumer<ReleaseDeploymentWorkflow> known) {
            deployments++;
            DeploymentId id = new DeploymentId("dep%04d".formatted(deployments));
            control.plan(id, tasks);
            ReleaseDeploymentWorkflow workflow = client.newWorkflowStub(
                    ReleaseDeploymentWorkflow.class,
                    WorkflowOptions.newBuilder()
                            .setWorkflowId(WorkflowIds.ofDeployment(id))
                            .setTaskQueue(TaskQueues.CONTROL_PLANE)
                            .build());
            known.accept(workflow);
            WorkflowClient.start(
                    workflow::deploy,
                    new DeploymentInput(
                            id,
                            "staging",
                            new ReleaseReference("web", version),
                            concurrency,
                            strategy,
                            onFailure,
                            tasks.size(),
                            force,
                            null,
                            null));
            return new Started(id, workflow);
        }

        DeploymentResult run() {
            return start().result();
        }

        private List<PlannedTask> tasks(int count) {
            return IntStream.range(0, count).mapToObj(i -> task(i, "n1")).toList();
        }

        private PlannedTask task(int index, String onNode) {
            String name = "web-" + (index + 1);
            Target target = new Target(
                    name,
                    onNode,
                    "web",
                    new TargetRuntime.ProcessRuntime("/srv/" + name, List.of("./start")),
                    Map.of(),
                    HealthCheck.RUNNING,
                    Target.DEFAULT_TIMEOUT);
            return new PlannedTask(index, target, new Artifact.Archive(digest(version), 1));
        }
    }

    /** A deployment under way. */
    final class Started {
        final DeploymentId id;
        final ReleaseDeploymentWorkflow workflow;

        Started(DeploymentId id, ReleaseDeploymentWorkflow workflow) {
            this.id = id;
            this.workflow = workflow;
        }

        DeploymentResult result() {
            return WorkflowStub.fromTyped(workflow).getResult(DeploymentResult.class);
        }

        void cancelInTemporal() {
            WorkflowStub.fromTyped(workflow).cancel();
        }

        void awaitStatus(DeploymentStatus status) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(control.statusOf(id)).isEqualTo(status));
        }

        /** The statuses of the deployment, without repetitions. */
        List<DeploymentStatus> statuses() {
            List<DeploymentStatus> told = new ArrayList<>();
            control.storyOf(id).forEach(event -> {
                if (event.change() instanceof Change.OfDeployment change
                        && (told.isEmpty() || told.getLast() != change.status())) {
                    told.add(change.status());
                }
            });
            return told;
        }

        /** What the last event said. */
        Change lastWord() {
            return control.storyOf(id).getLast().change();
        }

        String tasks() {
            return String.join(
                    " ",
                    IntStream.rangeClosed(1, 4)
                            .mapToObj(i -> control.taskOf(id, "web-" + i).wireName())
                            .toList());
        }
    }

    static Digest digest(String version) {
        return new Digest("sha256:" + "%064x".formatted(version.hashCode() & 0xffffffffL));
    }
}
