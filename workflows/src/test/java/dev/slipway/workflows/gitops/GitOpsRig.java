package dev.slipway.workflows.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.gitops.BranchPattern;
import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.DeploymentControl;
import dev.slipway.workflows.deployment.EnvironmentWorkflowImpl;
import dev.slipway.workflows.deployment.Order;
import dev.slipway.workflows.deployment.OrderAnswer;
import io.temporal.api.history.v1.HistoryEvent;
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
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Everything that a deployment needs, with one fake repository and one fake cluster; on whatever Temporal server the client speaks to. */
final class GitOpsRig {
    final FakeIacRepository git = new FakeIacRepository();
    final FakeCluster cluster = new FakeCluster();
    final FakeGitOpsControl control;
    final WorkflowClient client;
    /** Of the repository. */
    final String name;

    private final String prefix;
    private int deployments;

    GitOpsRig(WorkflowClient client, WorkerFactory workers) {
        this(client, workers, "");
    }

    /** Ids begin with {@code prefix}, so that several rigs get on with one server. */
    GitOpsRig(WorkflowClient client, WorkerFactory workers, String prefix) {
        this.client = client;
        this.prefix = prefix;
        name = prefix + "iac";
        control = new FakeGitOpsControl(client);
        WorkerOptions quickToCancel = WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(100))
                .build();
        Worker worker = workers.newWorker(TaskQueues.CONTROL_PLANE, quickToCancel);
        worker.registerWorkflowImplementationTypes(GitOpsDeploymentWorkflowImpl.class, IacRepositoryWorkflowImpl.class);
        worker.registerActivitiesImplementations(control, git);
        Worker locks = workers.newWorker(TaskQueues.ENVIRONMENTS);
        locks.registerWorkflowImplementationTypes(EnvironmentWorkflowImpl.class);
        locks.registerActivitiesImplementations(control);
        workers.newWorker(TaskQueues.WATCH, quickToCancel).registerActivitiesImplementations(cluster);
        workers.start();
    }

    IacRepository iac(String branch) {
        return iac("https://git.example.com/iac", branch);
    }

    IacRepository iac(String url, String branch) {
        return new IacRepository(
                name,
                GitRemote.parse("remote", url),
                branch,
                null,
                IacRepository.Person.SLIPWAY,
                null,
                List.of(),
                null);
    }

    /** A deployment to describe and start. */
    Description order(String version) {
        return new Description(version);
    }

    IacRepositoryWorkflow repository() {
        return client.newWorkflowStub(IacRepositoryWorkflow.class, WorkflowIds.ofIacRepository(name));
    }

    /** This many pushes have come, also those that failed. */
    void awaitPushes(int pushes) {
        await().atMost(Duration.ofSeconds(60)).until(() -> git.pushes().size() >= pushes);
    }

    /** The queue is in the pause between two tries. */
    void awaitNoPush() {
        WorkflowStub queue = WorkflowStub.fromTyped(repository());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> queue.describe().getRawDescription().getPendingActivitiesCount() == 0);
    }

    void awaitQueued(int changes) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(repository().state().queue()).hasSize(changes));
    }

    /** This many deployments of one app each, in their order, which wait behind one that is being pushed. */
    List<Started> startBehind(int count, Gate gate) {
        Started first = order("1.0.0").path("charts/first").start();
        gate.awaitReached();
        List<Started> started = new ArrayList<>(List.of(first));
        for (int i : IntStream.range(0, count).toArray()) {
            started.add(order("1.0.0").path("charts/app-" + i).start());
            awaitQueued(i + 2);
        }
        return started;
    }

    final class Description {
        private final String version;
        private String path = "charts/shop";
        private String environment = "staging";
        private Concurrency concurrency = Concurrency.SUPERSEDE;
        private Reconciler reconciler = Reconciler.FLUX;
        private Duration timeout = GitOpsGround.DEFAULT_TIMEOUT;
        private OnFailure onFailure = OnFailure.STOP;
        private IacRepository repository = iac("main");

        Description(String version) {
            this.version = version;
        }

        /** Of an environment of its own, which has the name of the folder. */
        Description path(String folder) {
            path = folder;
            return environment(folder.substring(folder.lastIndexOf('/') + 1));
        }

        Description environment(String called) {
            environment = called;
            return this;
        }

        Description concurrency(Concurrency how) {
            concurrency = how;
            return this;
        }

        Description reconciler(Reconciler what) {
            reconciler = what;
            return this;
        }

        Description timeout(Duration longest) {
            timeout = longest;
            return this;
        }

        Description revertOnFailure() {
            onFailure = OnFailure.REVERT;
            return this;
        }

        Description repository(IacRepository declared) {
            repository = declared;
            return this;
        }

        Started start() {
            return start(_ -> {});
        }

        /** {@code known} gets the deployment before it starts. */
        Started start(Consumer<Started> known) {
            deployments++;
            DeploymentId id = new DeploymentId(prefix + "dep%04d".formatted(deployments));
            Started started = new Started(
                    id, client.newWorkflowStub(GitOpsDeploymentWorkflow.class, WorkflowIds.ofDeployment(id)));
            known.accept(started);
            input(id).start().by(client);
            return started;
        }

        /** Is told to stop in the same moment as it starts. */
        Started startCanceled() {
            return start(started -> client.newUntypedWorkflowStub(
                            GitOpsDeploymentWorkflow.TYPE,
                            WorkflowOptions.newBuilder()
                                    .setWorkflowId(WorkflowIds.ofDeployment(started.id))
                                    .setTaskQueue(TaskQueues.CONTROL_PLANE)
                                    .build())
                    .signalWithStart("cancel", new Object[] {"at once"}, new Object[] {input(started.id)}));
        }

        GitOpsInput input(DeploymentId id) {
            GitOpsGround ground = new GitOpsGround(
                    new BranchPattern("main"),
                    repository.name(),
                    path,
                    Map.of("image.tag", "${version}"),
                    "kind",
                    reconciler,
                    "shop",
                    "shop",
                    timeout,
                    false,
                    onFailure);
            Job job = new Job("17", "main", "abc", "ann", "https://git.example.com/jobs/17");
            return new GitOpsInput(
                    id,
                    GitOpsPlan.of(
                            // So that the locks of several rigs are not the same.
                            new EnvironmentId(prefix + "shop", environment),
                            concurrency,
                            ground,
                            repository,
                            new Cluster("kind", null),
                            version,
                            job),
                    new ChartVersion("shop", version, new Digest("sha256:" + "0".repeat(64))),
                    job,
                    concurrency,
                    null,
                    new Actor("ann"),
                    null);
        }

        GitOpsResult run() {
            return start().result();
        }
    }

    /** A deployment under way. */
    final class Started {
        final DeploymentId id;
        final GitOpsDeploymentWorkflow workflow;

        Started(DeploymentId id, GitOpsDeploymentWorkflow workflow) {
            this.id = id;
            this.workflow = workflow;
        }

        WorkflowStub stub() {
            return WorkflowStub.fromTyped(workflow);
        }

        GitOpsResult result() {
            return stub().getResult(GitOpsResult.class);
        }

        /** Tells it to stop, and answers whether it does. */
        OrderAnswer cancel(String reason) {
            return order(DeploymentControl.CANCEL, reason);
        }

        OrderAnswer pause(String reason) {
            return order(DeploymentControl.PAUSE, reason);
        }

        OrderAnswer rollBack(String reason) {
            return order(DeploymentControl.ROLLBACK, reason);
        }

        private OrderAnswer order(String order, String reason) {
            return Objects.requireNonNull(stub().update(order, OrderAnswer.class, new Order(Actor.OPERATOR, reason)));
        }

        List<HistoryEvent> history() {
            return client.fetchHistory(WorkflowIds.ofDeployment(id)).getEvents();
        }

        String run() {
            return stub().describe().getExecution().getRunId();
        }

        void awaitStatus(GitOpsStatus status) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(control.statusOf(id)).isEqualTo(status));
        }

        /** Returns once it has been told that a later deployment takes over. */
        void awaitSuperseded() {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> history().stream()
                            .anyMatch(event -> event.getWorkflowExecutionSignaledEventAttributes()
                                    .getSignalName()
                                    .equals("supersede")));
        }

        /** The statuses of the deployment, without repetitions. */
        List<GitOpsStatus> statuses() {
            List<GitOpsStatus> told = new ArrayList<>();
            control.storyOf(id).forEach(event -> {
                if (event.change() instanceof Change.OfDeployment change) {
                    GitOpsStatus status = (GitOpsStatus) DeploymentKind.GITOPS.status(change.status());
                    if (told.isEmpty() || told.getLast() != status) {
                        told.add(status);
                    }
                }
            });
            return told;
        }

        List<String> reasons() {
            return control.storyOf(id).stream()
                    .map(event -> event.message().toString())
                    .toList();
        }

        String lastWords() {
            return reasons().getLast();
        }

        Change lastWord() {
            return control.storyOf(id).getLast().change();
        }
    }
}
