package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow.Change;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a repository's workflow has to say and to do is the same in whichever run; a history of four megabytes ends one. */
class IacRepositoryContinuationTest extends GitOpsTest {
    private static final int MOST_IN_A_PAYLOAD = 2_000_000;

    @Test
    void keepsItsQueue() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(3, gate);
        String run = run();
        makeHistoryLong();

        gate.open();

        assertThat(started)
                .allSatisfy(
                        deployment -> assertThat(deployment.result().status()).isEqualTo(DEPLOYED));
        assertThat(run()).isNotEqualTo(run);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002", "dep0003", "dep0004");
    }

    @Test
    void losesNoMessageAsItContinuesAsNew() {
        Set<String> runs = new HashSet<>();
        for (int round = 0; round < 5; round++) {
            String folder = "charts/round-" + round;
            Gate gate = rig.git.holdNext();
            GitOpsRig.Started first = rig.order("1.0.0").path(folder).start();
            gate.awaitReached();
            List<GitOpsRig.Started> canceled = IntStream.range(0, 6)
                    .mapToObj(i -> rig.order("1.0.0").path(folder + "-" + i).start())
                    .toList();
            rig.awaitQueued(7);
            runs.add(run());
            makeHistoryLong();
            Gate next = rig.git.holdNext();

            gate.open();
            canceled.forEach(deployment -> deployment.stub().signal("cancel", "not today"));
            GitOpsRig.Started late = rig.order("1.0.0").path(folder + "-late").start();
            next.awaitReached();
            next.open();

            // No time is skipped meanwhile, so no reminder makes up for a message that was lost.
            first.awaitStatus(DEPLOYED);
            canceled.forEach(deployment -> deployment.awaitStatus(CANCELED));
            late.awaitStatus(DEPLOYED);
        }

        assertThat(runs).hasSize(5);
    }

    @Test
    void knowsWhenTheFirstTryBeganThatMayHaveMadeAChange() {
        Gate gate = rig.git.holdNext();
        rig.git.loseNextAnswer();
        GitOpsRig.Started deployment =
                rig.order("1.0.0").reconciler(Reconciler.HELM).start();
        gate.awaitReached();
        Instant first = Instant.ofEpochMilli(temporal.currentTimeMillis());
        String run = run();
        makeHistoryLong();

        gate.open();
        rig.git.awaitCommits(1);
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        temporal.sleep(Duration.ofMinutes(1));
        assertThat(run()).isNotEqualTo(run);
        assertThat(rig.repository().state().unanswered()).containsKey("Deployment dep0001");
        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.cluster.looks().getFirst().watched().pushedAt()).isBeforeOrEqualTo(first);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void saysWhyTheLastTryFailedThatAnotherRunMade() {
        Gate gate = rig.git.holdNext();
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        String run = run();
        makeHistoryLong();
        Gate second = rig.git.holdNext();
        gate.open();
        second.awaitReached();
        assertThat(run()).isNotEqualTo(run);
        assertThat(rig.repository().state().failure()).isNotNull();

        deployment.cancel("not today");
        second.open();

        assertThat(deployment.result().message().toString())
                .contains("It says GitUnavailable", "Slipway-Deployment: dep0001");
    }

    @Test
    void neverHoldsMoreThanTemporalTakesAndPushesEachOnceWhenTheRemoteIsBack() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        rig.order("1.0.0").start();
        rig.awaitPushes(1);
        String run = run();
        List<Change> changes = IntStream.range(0, 400).mapToObj(this::large).toList();

        changes.forEach(rig.repository()::enqueue);
        changes.forEach(rig.repository()::enqueue);
        temporal.sleep(Duration.ofMinutes(1));

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            temporal.sleep(Duration.ofSeconds(30));
            assertThat(run()).isNotEqualTo(run);
        });
        IacRepositoryWorkflow.State state = rig.repository().state();
        assertThat(state.queue()).hasSizeGreaterThan(50);
        assertThat(Payloads.json().writeValueAsBytes(state)).hasSizeLessThan(MOST_IN_A_PAYLOAD);

        rig.git.recover();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<String> made = rig.git.log();
            // As deployments do that are not answered.
            changes.stream()
                    .filter(change ->
                            !made.contains(change.change().deployment().value()))
                    .forEach(rig.repository()::enqueue);
            temporal.sleep(Duration.ofSeconds(30));
            assertThat(rig.git.log()).hasSize(401);
        });
        assertThat(rig.git.log()).doesNotHaveDuplicates();
    }

    private Change large(int number) {
        return new Change(
                rig.iac("main"),
                new ChartChange.Replace(
                        new DeploymentId("large%04d".formatted(number)),
                        "charts/large-" + number,
                        new Digest("sha256:" + "c".repeat(64)),
                        "1.0.0",
                        Map.of("text", "\"ä".repeat(2_500)),
                        "Deploy",
                        Map.of()));
    }

    private String run() {
        return WorkflowStub.fromTyped(rig.repository())
                .describe()
                .getExecution()
                .getRunId();
    }

    /** With withdrawals of a change that nobody has queued, each of which is answered to a deployment that is not there. */
    private void makeHistoryLong() {
        Change strange = new Change(
                rig.iac("main"),
                new ChartChange.Revert(new DeploymentId("strange"), "charts/shop", "c1", "x".repeat(700_000)));
        for (int i = 0; i < 7; i++) {
            rig.repository().withdraw(strange);
        }
    }
}
