package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Records histories of GitOps deployments from a real server: docs/reference/replay.md says how. */
// One after the other: the workers of each would take the tasks of both.
@ResourceLock("recorded server")
@EnabledIfSystemProperty(named = "slipway.record.address", matches = ".+")
class GitOpsHistoryRecorder {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");

    private final String version = System.getProperty("slipway.record.version", "0.1.0");
    private final WorkflowServiceStubs service;
    private final WorkerFactory workers;
    private final GitOpsRig rig;

    GitOpsHistoryRecorder() {
        service = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(System.getProperty("slipway.record.address", "127.0.0.1:7233"))
                .build());
        WorkflowClient client = WorkflowClient.newInstance(
                service,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(Payloads.plain())
                        .build());
        workers = WorkerFactory.newInstance(client);
        rig = new GitOpsRig(client, workers, UUID.randomUUID().toString().substring(0, 8));
    }

    @AfterEach
    void stop() {
        workers.shutdownNow();
        workers.awaitTermination(10, TimeUnit.SECONDS);
        service.shutdownNow();
    }

    @Test
    void deployed() throws IOException {
        rig.cluster.progresses("0 of 2 pods").progresses("1 of 2 pods");
        record("deployed", rig.order("1.0.0").start());
    }

    @Test
    void unchanged() throws IOException {
        rig.order("1.0.0").run();
        record("unchanged", rig.order("1.0.0").start());
    }

    @Test
    void refused() throws IOException {
        record("refused", rig.order("1.0.0").start(known -> rig.git.refuse(known.id)));
    }

    @Test
    void repositoryDown() throws IOException {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        rig.awaitPushes(2);
        deployment.cancel("not today");
        record("canceled-while-down", deployment);
        save("iac-repository-down", WorkflowIds.ofIacRepository(rig.name), null);
    }

    @Test
    void canceledWhilePushing() throws IOException {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        deployment.cancel("not today");
        gate.open();
        record("canceled-while-pushing", deployment);
    }

    @Test
    void canceledInTemporal() throws IOException {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        deployment.stub().cancel();
        record("canceled-in-temporal", deployment);
    }

    @Test
    void rolledBack() throws IOException {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        deployment.rollBack("not today");
        record("rolled-back", deployment);
    }

    @Test
    void failedAndReverted() throws IOException {
        rig.cluster.breaks();
        record("failed-and-reverted", rig.order("1.0.0").revertOnFailure().start());
    }

    @Test
    void superseded() throws IOException {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        rig.order("2.0.0").run();
        record("superseded", deployment);
    }

    @Test
    void timedOut() throws IOException {
        rig.cluster.progresses("1 of 2 pods").holds();
        record("timed-out", rig.order("1.0.0").timeout(Duration.ofSeconds(3)).start());
    }

    @Test
    void supersededWhilePushing() throws IOException {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started next = rig.order("2.0.0").start();
        deployment.awaitSuperseded();
        gate.open();
        record("superseded-while-pushing", deployment);
        next.result();
    }

    @Test
    void rejected() throws IOException {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        record("rejected", rig.order("2.0.0").concurrency(Concurrency.REJECT).start());
        gate.open();
        first.result();
    }

    @Test
    void queueTerminated() throws IOException {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        WorkflowStub.fromTyped(rig.repository()).terminate("by mistake");
        deployment.cancel("not today");
        record("queue-terminated", deployment);
        gate.open();
    }

    @Test
    void foundAfterARefusal() throws IOException {
        rig.git.loseNextAnswer();
        rig.git.holdNext().open();
        Gate second = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        second.awaitReached();
        rig.git.fail(FailureType.PUSH_REJECTED);
        second.open();
        record("found-after-refusal", deployment);
        save("iac-repository-found-after-refusal", WorkflowIds.ofIacRepository(rig.name), null);
    }

    @Test
    void batch() throws IOException {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(5, gate);
        rig.git.refuse(started.get(2).id);
        started.get(3).cancel("not today");
        started.get(3).result();
        gate.open();
        started.getLast().result();
        save("iac-repository-batch", WorkflowIds.ofIacRepository(rig.name), null);
    }

    /** Needs a server that suggests to continue as new early. */
    @Test
    @EnabledIfSystemProperty(named = "slipway.record.short", matches = "true")
    void continuedAsNew() throws IOException {
        for (int i = 1; i <= 9; i++) {
            rig.cluster.progresses(i + " of 10 pods");
        }
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        String first = deployment.run();
        deployment.result();
        save("gitops-continued-first-run", WorkflowIds.ofDeployment(deployment.id), first);
        save("gitops-continued-last-run", WorkflowIds.ofDeployment(deployment.id), null);
    }

    private void record(String scenario, GitOpsRig.Started deployment) throws IOException {
        try {
            deployment.result();
        } catch (WorkflowFailedException e) {
            // Some end so.
        }
        save("gitops-" + scenario, WorkflowIds.ofDeployment(deployment.id), null);
    }

    private void save(String scenario, String workflowId, @Nullable String runId) throws IOException {
        String json = rig.client.fetchHistory(workflowId, runId).toJson(true);
        Files.writeString(HISTORIES.resolve(version + "-" + scenario + ".json"), json + "\n");
    }
}
