package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.DeploymentControl;
import dev.slipway.workflows.deployment.DeploymentState;
import dev.slipway.workflows.deployment.DeploymentSweepWorkflowImpl;
import dev.slipway.workflows.deployment.EnvironmentWorkflowImpl;
import dev.slipway.workflows.deployment.OrderAnswer;
import dev.slipway.workflows.timeline.TimelineRebuildWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everything that a deployment needs, with one fake node "n1"; on whatever Temporal server the client speaks to. */
final class Rig {
    static final Actor ALICE = new Actor("alice");

    final FakeNode node = new FakeNode();
    /** The node "n3", whose agent can be stopped. */
    final FakeNode otherNode = new FakeNode();

    final FakeControlPlane control;
    private final Worker otherAgent;
    final WorkflowClient client;
    /** Where it deploys to. */
    final String environment;

    private final String prefix;
    private int deployments;

    Rig(WorkflowClient client, WorkerFactory workers) {
        this(client, workers, "");
    }

    /** Ids begin with {@code prefix}, so that several rigs get on with one server. */
    Rig(WorkflowClient client, WorkerFactory workers, String prefix) {
        this.client = client;
        this.prefix = prefix;
        environment = prefix + "staging";
        control = new FakeControlPlane(client);
        Worker worker = workers.newWorker(TaskQueues.CONTROL_PLANE);
        worker.registerWorkflowImplementationTypes(
                ReleaseDeploymentWorkflowImpl.class,
                RollbackWorkflowImpl.class,
                DeploymentSweepWorkflowImpl.class,
                TimelineRebuildWorkflowImpl.class);
        worker.registerActivitiesImplementations(control);
        Worker locks = workers.newWorker(TaskQueues.ENVIRONMENTS);
        locks.registerWorkflowImplementationTypes(EnvironmentWorkflowImpl.class);
        locks.registerActivitiesImplementations(control);
        WorkerOptions quickToCancel = WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(100))
                .build();
        workers.newWorker(TaskQueues.ofNode("n1"), quickToCancel).registerActivitiesImplementations(node);
        otherAgent = workers.newWorker(TaskQueues.ofNode("n3"), quickToCancel);
        otherAgent.registerActivitiesImplementations(otherNode);
        workers.start();
    }

    /** From now on no step of the node "n3" is taken. */
    void stopOtherAgent() {
        otherAgent.suspendPolling();
    }

    /** A deployment to describe and start. */
    Order order(String version) {
        return new Order(version);
    }

    final class Order {
        private final String version;
        private final List<String> nodes = new ArrayList<>();
        private Duration timeout = Target.DEFAULT_TIMEOUT;
        private Map<String, String> variables = Map.of();
        private Strategy strategy = Strategy.AllAtOnce.DEFAULT;
        private OnFailure onFailure = OnFailure.ROLLBACK;
        private Concurrency concurrency = Concurrency.QUEUE;
        private boolean force;
        private @Nullable DeploymentId rollbackOf;

        Order(String version) {
            this.version = version;
            targets(3);
        }

        Order targets(int count) {
            nodes.clear();
            nodes.addAll(Collections.nCopies(count, "n1"));
            return this;
        }

        /** One more target, on another node. */
        Order alsoOn(String otherNode) {
            nodes.add(otherNode);
            return this;
        }

        /** How long one deploy step may take. */
        Order timeout(Duration longest) {
            timeout = longest;
            return this;
        }

        Order rolling(String batch) {
            strategy = new Strategy.Rolling(BatchSize.parse(batch));
            return this;
        }

        Order variables(Map<String, String> declared) {
            variables = declared;
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

        Order rollbackOf(Started ended) {
            rollbackOf = ended.id;
            return this;
        }

        Started start() {
            return start(_ -> {});
        }

        /** {@code known} gets the workflow before it starts. */
        Started start(Consumer<Started> known) {
            deployments++;
            DeploymentId id = new DeploymentId(prefix + "dep%04d".formatted(deployments));
            control.plan(id, tasks());
            Started started = new Started(id);
            known.accept(started);
            new DeploymentInput(
                            id,
                            environment,
                            new ReleaseReference("default", "web", version),
                            concurrency,
                            strategy,
                            onFailure,
                            nodes.size(),
                            force,
                            rollbackOf,
                            Actor.OPERATOR,
                            null)
                    .start()
                    .by(client);
            return started;
        }

        DeploymentResult run() {
            return start().result();
        }

        private List<PlannedTask> tasks() {
            return IntStream.range(0, nodes.size())
                    .mapToObj(i -> task(i, nodes.get(i)))
                    .toList();
        }

        private PlannedTask task(int index, String onNode) {
            String name = "web-" + (index + 1);
            Target target = new Target(
                    name,
                    onNode,
                    "web",
                    new TargetRuntime.ProcessRuntime("/srv/" + name, List.of("./start")),
                    variables,
                    HealthCheck.RUNNING,
                    timeout);
            return new PlannedTask(index, target, new Artifact.Archive(digest(version), 1));
        }
    }

    /** A deployment under way. */
    final class Started {
        final DeploymentId id;
        final WorkflowStub workflow;

        Started(DeploymentId id) {
            this.id = id;
            workflow = client.newUntypedWorkflowStub(WorkflowIds.ofDeployment(id));
        }

        /** Orders {@link DeploymentControl}'s {@code order} in the name of alice. */
        OrderAnswer order(String order, @Nullable String reason) {
            return workflow.update(order, OrderAnswer.class, new dev.slipway.workflows.deployment.Order(ALICE, reason));
        }

        OrderAnswer cancel(String reason) {
            return order(DeploymentControl.CANCEL, reason);
        }

        OrderAnswer rollback(String reason) {
            return order(DeploymentControl.ROLLBACK, reason);
        }

        OrderAnswer pause(String reason) {
            return order(DeploymentControl.PAUSE, reason);
        }

        OrderAnswer resume() {
            return order(DeploymentControl.RESUME, null);
        }

        OrderAnswer retry(String target) {
            return decide(DeploymentControl.RETRY, target);
        }

        OrderAnswer skip(String target) {
            return decide(DeploymentControl.SKIP, target);
        }

        private OrderAnswer decide(String order, String target) {
            return workflow.update(
                    order, OrderAnswer.class, new dev.slipway.workflows.deployment.Order.OfTarget(target, ALICE, null));
        }

        DeploymentState state() {
            return workflow.query(DeploymentControl.STATE, DeploymentState.class);
        }

        DeploymentResult result() {
            return workflow.getResult(DeploymentResult.class);
        }

        void cancelInTemporal() {
            workflow.cancel();
        }

        void awaitStatus(DeploymentStatus status) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(control.statusOf(id)).isEqualTo(status));
        }

        /** Waits until a step is with Temporal, whether or not an agent has taken it. */
        void awaitStep() {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> workflow.describe().getRawDescription().getPendingActivitiesCount() > 0);
        }

        /** The statuses of the deployment, without repetitions. */
        List<DeploymentStatus> statuses() {
            List<DeploymentStatus> told = new ArrayList<>();
            control.storyOf(id).forEach(event -> {
                if (event.change() instanceof Change.OfDeployment change
                        && (told.isEmpty() || !told.getLast().wireName().equals(change.status()))) {
                    told.add((DeploymentStatus) DeploymentKind.RELEASE.status(change.status()));
                }
            });
            return told;
        }

        /** What the last event said. */
        Change lastWord() {
            return control.storyOf(id).getLast().change();
        }

        String lastReason() {
            return control.storyOf(id).getLast().message().toString();
        }

        /** How long its workflow ran. */
        Duration lasted() {
            WorkflowExecutionDescription described = workflow.describe();
            return Duration.between(described.getStartTime(), described.getCloseTime());
        }

        /** Why attempts of its tasks failed, in order. */
        List<FailureType> failures() {
            List<FailureType> told = new ArrayList<>();
            control.storyOf(id).forEach(event -> {
                if (event.change() instanceof Change.OfTask task && task.failure() != null) {
                    told.add(task.failure().type());
                }
            });
            return told;
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
