package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.rig.AgentProcess;
import dev.slipway.agent.rig.FakeControlPlane;
import dev.slipway.agent.rig.StepWorkflow;
import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.Health;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.fleet.TargetActivities;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentMainTest {
    private static final String NODE = "node-1";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Path folder;
    private final int port = freePort();
    private final FakeControlPlane controlPlane = new FakeControlPlane();
    private final Artifact.Archive archive = controlPlane.publish(
            TestArchive.withStart("echo $$ >> pids; trap 'exit 0' TERM; while :; do sleep 0.05; done"));
    private final List<AgentProcess> agents = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    AgentMainTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void end() throws Exception {
        for (AgentProcess agent : agents) {
            agent.kill();
        }
        for (AutoCloseable closeable : opened.reversed()) {
            closeable.close();
        }
        controlPlane.close();
        // Services outlive agents; those of this test are told by their folder.
        ProcessHandle.allProcesses()
                .filter(handle -> cwd(handle).startsWith(folder))
                .forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void knowsTheVersionOfItsBuild() {
        assertThat(AgentMain.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }

    @Test
    void refusesToBeTheSecondAgentOfItsNode() throws Exception {
        AgentProcess first = start();
        await().atMost(PATIENCE).until(() -> first.errors().contains("Waiting for Temporal"));

        AgentProcess second = start();

        assertThat(second.await()).isEqualTo(1);
        assertThat(second.errors().lines())
                .singleElement()
                .asString()
                .contains("another agent of node " + NODE + " is running");
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void saysOnceThatItWaitsAndEndsWhenItIsToldTo() throws Exception {
        AgentProcess agent = start();
        await().atMost(PATIENCE).until(() -> agent.errors().contains("Waiting for Temporal"));
        await().atMost(PATIENCE).until(() -> !controlPlane.presences.isEmpty());

        assertThat(agent.terminate()).isEqualTo(143);

        assertThat(agent.errors()).containsOnlyOnce("Waiting for Temporal");
        assertThat(controlPlane.presences.getFirst())
                .contains("\"version\":\"" + AgentMain.version() + "\"", "\"process\"", "\"hostname\"");
    }

    @Test
    void takesItsServicesUpAgainWhenItWasKilled() throws Exception {
        WorkflowClient temporal = temporal();
        AgentProcess first = start();
        assertThat(deploy(temporal, 1).get(100, TimeUnit.SECONDS).healthy()).isTrue();
        Long service = service();

        first.kill();
        assertThat(isAlive(service)).isTrue();
        AgentProcess second = start();
        await().atMost(PATIENCE).until(() -> second.errors().contains("Adopted the service"));

        assertThat(service()).isEqualTo(service);
        ProcessHandle.of(service).ifPresent(ProcessHandle::destroyForcibly);
        await().atMost(PATIENCE).until(() -> !service().equals(service) && isAlive(service()));
        assertThat(second.terminate()).isEqualTo(143);
        assertThat(isAlive(service())).isTrue();
    }

    @Test
    void startsServicesAgainThatEndedWhileNoAgentWasThere() throws Exception {
        WorkflowClient temporal = temporal();
        AgentProcess first = start();
        deploy(temporal, 1).get(100, TimeUnit.SECONDS);
        Long service = service();

        first.kill();
        ProcessHandle.of(service).ifPresent(ProcessHandle::destroyForcibly);
        start();

        await().atMost(PATIENCE).until(() -> !service().equals(service) && isAlive(service()));
    }

    @Test
    void finishesAStepInWhichItWasKilledAndDoesItOnce() throws Exception {
        controlPlane.drip(Duration.ofMillis(25));
        WorkflowClient temporal = temporal();
        AgentProcess first = start();
        CompletableFuture<Health> deployed = deploy(temporal, 1);
        await().atMost(PATIENCE).until(() -> !controlPlane.ranges.isEmpty());

        first.kill();
        controlPlane.drip(Duration.ZERO);
        start();

        assertThat(deployed.get(100, TimeUnit.SECONDS).healthy()).isTrue();
        assertThat(Files.readAllLines(state().resolve("ledger.jsonl"))).hasSize(1);
        assertThat(Files.readAllLines(folder.resolve("web-1/current/pids"))).hasSize(1);
    }

    @Test
    void handsItsStepOverWhenItIsToldToEnd() throws Exception {
        controlPlane.drip(Duration.ofMillis(50));
        WorkflowClient temporal = temporal();
        AgentProcess first = start();
        CompletableFuture<Health> deployed = deploy(temporal, 1);
        await().atMost(PATIENCE).until(() -> !controlPlane.ranges.isEmpty());

        assertThat(first.terminate()).isEqualTo(143);
        controlPlane.drip(Duration.ZERO);
        start();

        assertThat(deployed.get(100, TimeUnit.SECONDS).healthy()).isTrue();
        assertThat(first.errors()).doesNotContain("ERROR");
    }

    @Test
    void findsAServiceThatAKilledAgentHadNoTimeToWriteDown() throws Exception {
        WorkflowClient temporal = temporal();
        AgentProcess first = start();
        deploy(temporal, 1).get(100, TimeUnit.SECONDS);
        Long service = service();
        first.kill();
        Path record = state().resolve("service.json");
        Files.writeString(
                record,
                Files.readString(record)
                        .replaceFirst("\"pid\":\\d+", "\"pid\":null")
                        .replaceFirst("\"start\":\\d+", "\"start\":null"));

        AgentProcess second = start();

        await().atMost(PATIENCE).until(() -> second.errors().contains("Adopted the service"));
        assertThat(second.errors()).contains("pid " + service);
        assertThat(Files.readAllLines(folder.resolve("web-1/current/pids"))).hasSize(1);
    }

    private AgentProcess start() throws IOException {
        AgentProcess agent = AgentProcess.start(
                folder,
                NODE,
                Map.of(
                        "SLIPWAY_URL",
                        controlPlane.url().toString(),
                        "SLIPWAY_AGENT_TOKEN",
                        FakeControlPlane.TOKEN,
                        "SLIPWAY_TEMPORAL_ADDRESS",
                        "127.0.0.1:" + port,
                        "SLIPWAY_PAYLOAD_KEY",
                        FakeControlPlane.PAYLOAD_KEY));
        agents.add(agent);
        return agent;
    }

    private WorkflowClient temporal() {
        opened.add(TestServer.createPortBoundServer(port));
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + port)
                .build());
        opened.add(stubs::shutdownNow);
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.encrypted(PayloadKey.ofBase64(FakeControlPlane.PAYLOAD_KEY)))
                        .build());
        WorkerFactory factory = WorkerFactory.newInstance(client);
        factory.newWorker("steps").registerWorkflowImplementationTypes(StepWorkflow.Impl.class);
        factory.start();
        opened.add(factory::shutdownNow);
        return client;
    }

    private CompletableFuture<Health> deploy(WorkflowClient temporal, int step) {
        Target target = new Target(
                "web-1",
                NODE,
                "web",
                new TargetRuntime.ProcessRuntime(folder.resolve("web-1").toString(), List.of("./start")),
                Map.of(),
                HealthCheck.RUNNING,
                Duration.ofMinutes(1));
        StepWorkflow workflow = temporal.newWorkflowStub(
                StepWorkflow.class,
                WorkflowOptions.newBuilder().setTaskQueue("steps").build());
        return WorkflowClient.execute(
                workflow::deploy,
                new TargetActivities.Deploy(
                        new TargetActivities.Step(new DeploymentId("d0000001"), "staging", new Fence(1, step)),
                        controlPlane.plan("d0000001", target),
                        new Desired.Fresh(archive, "v1")));
    }

    private Path state() {
        return folder.resolve("data/agents").resolve(NODE).resolve("targets/staging.web-1");
    }

    private Long service() throws IOException {
        List<String> pids = Files.readAllLines(folder.resolve("web-1/current/pids"));
        return Long.valueOf(pids.getLast());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static Path cwd(ProcessHandle handle) {
        try {
            return Path.of("/proc", Long.toString(handle.pid()), "cwd").toRealPath();
        } catch (IOException e) {
            return Path.of("/");
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
