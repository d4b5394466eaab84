package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.workflows.TemporalServer;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** On a real server whose histories end after sixty events, so that every workflow continues as new amid its messages. */
@EnabledIf(value = "dev.slipway.workflows.TemporalServer#isInstalled", disabledReason = TemporalServer.NEEDS)
class RepeatedContinuationTest {
    private static final int WAVES = 6;
    private static final int IN_A_WAVE = 8;

    // Before a reminder makes up for a message that was lost: the first comes after a minute.
    private static final Duration UNREMINDED = Duration.ofSeconds(50);

    @TempDir
    Path folder;

    @Test
    void pushesEachChangeOnceAndLosesNoMessage() throws IOException {
        try (TemporalServer server =
                TemporalServer.start(folder.resolve("temporal.log"), "limit.historyCount.suggestContinueAsNew=60")) {
            GitOpsRig rig = new GitOpsRig(server.client(), server.workers());
            Set<String> repositoryRuns = new HashSet<>();
            Set<String> environmentRuns = new HashSet<>();
            List<String> deployed = new ArrayList<>();
            for (int wave = 0; wave < WAVES; wave++) {
                List<GitOpsRig.Started> queued = new ArrayList<>();
                for (int i = 0; i < IN_A_WAVE; i++) {
                    queued.add(
                            rig.order("1.0." + i).concurrency(Concurrency.QUEUE).start());
                }
                GitOpsRig.Started unwanted = queued.remove(IN_A_WAVE / 2);
                unwanted.cancel("not today");

                queued.forEach(deployment -> awaitStatus(rig, deployment, DEPLOYED));
                awaitStatus(rig, unwanted, CANCELED);
                queued.forEach(deployment -> deployed.add(deployment.id.value()));
                repositoryRuns.add(info(rig, WorkflowIds.ofIacRepository(rig.name))
                        .getExecution()
                        .getRunId());
                environmentRuns.add(info(rig, WorkflowIds.ofEnvironment("shop/staging"))
                        .getExecution()
                        .getRunId());
            }

            assertThat(rig.git.log()).doesNotHaveDuplicates().containsAll(deployed);
            assertThat(repositoryRuns).hasSizeGreaterThan(2);
            assertThat(environmentRuns).hasSizeGreaterThan(2);
            assertThat(rig.control.illegalTransitions()).isEmpty();
        }
    }

    private static void awaitStatus(GitOpsRig rig, GitOpsRig.Started deployment, GitOpsStatus status) {
        await().atMost(UNREMINDED)
                .untilAsserted(
                        () -> assertThat(rig.control.statusOf(deployment.id)).isEqualTo(status));
    }

    private static WorkflowExecutionInfo info(GitOpsRig rig, String workflow) {
        return rig.client
                .newUntypedWorkflowStub(workflow)
                .describe()
                .getRawDescription()
                .getWorkflowExecutionInfo();
    }
}
