package dev.slipway.workflows.release;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.DeploymentSweepWorkflow;
import dev.slipway.workflows.timeline.TimelineRebuildWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * Records histories from a real server, at each release and after each incident: docs/reference/replay.md says how. Not
 * a test of its own, which its name tells Surefire.
 */
// One after the other: the workers of each would take the tasks of both.
@ResourceLock("recorded server")
@EnabledIfSystemProperty(named = "slipway.record.address", matches = ".+")
class HistoryRecorder {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");

    private final String version = System.getProperty("slipway.record.version", "0.1.0");
    private final WorkflowServiceStubs service;
    private final WorkerFactory workers;
    private final Rig rig;

    HistoryRecorder() {
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(System.getProperty("slipway.record.address", "127.0.0.1:7233"))
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build());
        workers = WorkerFactory.newInstance(client);
        rig = new Rig(client, workers, UUID.randomUUID().toString().substring(0, 8));
    }

    @BeforeEach
    void makeRoom() throws IOException {
        Files.createDirectories(HISTORIES);
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        // Or it would still take tasks of the next scenario, whose plan it does not know.
        workers.awaitTermination(10, TimeUnit.SECONDS);
        service.shutdownNow();
    }

    @Test
    void completed() throws IOException {
        record("completed", rig.order("v1").rolling("2").start());
    }

    @Test
    void rolledBack() throws IOException {
        rig.order("v1").run();
        rig.node.unhealthyVersions.add("web-2 v2");
        record("rolled-back", rig.order("v2").rolling("1").start());
    }

    @Test
    void retriedAndHeld() throws IOException {
        rig.node.failNext("web-1", FailureType.TARGET_IO, FailureType.DISK_FULL);
        rig.node.failNext("web-2", FailureType.DISK_FULL);
        Rig.Started deployment = rig.order("v1").rolling("1").stopOnFailure().start();
        deployment.awaitStatus(DeploymentStatus.FAILED);
        deployment.retry("web-1");
        deployment.awaitStatus(DeploymentStatus.RUNNING);
        deployment.awaitStatus(DeploymentStatus.FAILED);
        deployment.skip("web-2");
        record("retried-held-skipped", deployment);
    }

    @Test
    void canceled() throws IOException, InterruptedException {
        rig.order("v1").run();
        rig.node.block("web-2");
        Rig.Started deployment = rig.order("v2").rolling("1").start();
        rig.node.awaitBlocked("web-2");
        deployment.cancel("not today");
        record("canceled", deployment);
    }

    @Test
    void noAgent() throws IOException {
        record("no-agent", rig.order("v1").targets(1).alsoOn("n2").start());
    }

    @Test
    void superseded() throws IOException, InterruptedException {
        rig.node.block("web-1");
        rig.order("v1").start();
        rig.node.awaitBlocked("web-1");
        Rig.Started queued = rig.order("v2").start();
        Rig.Started last = rig.order("v3").concurrency(Concurrency.SUPERSEDE).start();
        record("superseded-in-queue", queued);
        last.result();
        save("environment-superseding", WorkflowIds.ofEnvironment(rig.environment), null);
    }

    @Test
    void rollback() throws IOException {
        rig.order("v1").run();
        Rig.Started update = rig.order("v2").start();
        update.result();
        record("rollback", rig.order("v1").rollbackOf(update).start());
    }

    @Test
    void sweep() throws IOException {
        rig.client
                .newWorkflowStub(DeploymentSweepWorkflow.class, optionsOf("sweep"))
                .sweep();
        save("sweep", "sweep", null);
    }

    @Test
    void rebuild() throws IOException {
        Rig.Started ended = rig.order("v1").start();
        ended.result();
        String id = WorkflowIds.ofRebuild(ended.id);
        rig.client.newWorkflowStub(TimelineRebuildWorkflow.class, optionsOf(id)).rebuild(ended.id);
        save("timeline-rebuild", id, null);
    }

    /** Needs a server that suggests to continue as new early: its first and its last run are saved. */
    @Test
    @EnabledIfSystemProperty(named = "slipway.record.short", matches = "true")
    void continuedAsNew() throws IOException {
        rig.order("v1").targets(8).run();
        rig.node.unhealthyVersions.add("web-8 v2");
        Rig.Started deployment = rig.order("v2").targets(8).rolling("1").start();
        String first = rig.client
                .newUntypedWorkflowStub(WorkflowIds.ofDeployment(deployment.id))
                .describe()
                .getExecution()
                .getRunId();
        deployment.result();
        save("continued-first-run", WorkflowIds.ofDeployment(deployment.id), first);
        save("continued-last-run", WorkflowIds.ofDeployment(deployment.id), null);
    }

    private static WorkflowOptions optionsOf(String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(TaskQueues.CONTROL_PLANE)
                .build();
    }

    private void record(String scenario, Rig.Started deployment) throws IOException {
        try {
            deployment.result();
        } catch (WorkflowFailedException e) {
            // Some end so.
        }
        save(scenario, WorkflowIds.ofDeployment(deployment.id), null);
    }

    private void save(String scenario, String workflowId, @Nullable String runId) throws IOException {
        String json = rig.client.fetchHistory(workflowId, runId).toJson(true);
        Files.writeString(HISTORIES.resolve(version + "-" + scenario + ".json"), json + "\n");
    }
}
