package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.workflows.TaskQueues;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IacRepositoryWorkflowTest extends GitOpsTest {
    @Test
    void pushesTogetherWhatWaitsAndKeepsTheOrder() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(20, gate);

        gate.open();

        assertThat(started)
                .allSatisfy(
                        deployment -> assertThat(deployment.result().status()).isEqualTo(DEPLOYED));
        assertThat(rig.git.pushes()).hasSize(2);
        assertThat(rig.git.log())
                .isEqualTo(IntStream.rangeClosed(1, 21)
                        .mapToObj("dep%04d"::formatted)
                        .toList());
    }

    @Test
    void pushesToOneDeclarationAtATime() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started second =
                rig.order("1.0.0").repository(rig.iac("production")).start();
        rig.awaitQueued(2);
        GitOpsRig.Started third = rig.order("1.1.0").start();
        rig.awaitQueued(3);

        gate.open();

        List.of(first, second, third).forEach(GitOpsRig.Started::result);
        assertThat(rig.git.pushes().stream().map(push -> push.repository().branch()))
                .containsExactly("main", "production", "main");
    }

    @Test
    void keepsNoOtherBackWhereOneIsRefused() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(3, gate);
        rig.git.refuse(started.get(2).id);

        gate.open();

        assertThat(failureOf(started.get(2)).getType()).isEqualTo(FailureType.INVALID_CHART.wireName());
        assertThat(started.get(3).result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002", "dep0004");
    }

    @Test
    void refusesAllWhereNothingCanBePushed() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(2, gate);
        rig.git.fail(FailureType.PUSH_REJECTED);

        gate.open();

        assertThat(started).allSatisfy(deployment -> {
            ApplicationFailure failure = failureOf(deployment);
            assertThat(failure.getType()).isEqualTo(FailureType.PUSH_REJECTED.wireName());
            assertThat(failure.getOriginalMessage()).isEqualTo("It says PushRejected.");
        });
        assertThat(rig.git.pushes()).hasSize(2);
    }

    @Test
    void triesAgainUntilTheRepositoryIsBack() {
        GitOpsRig.Started deployment = startWhileDown();

        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void doesNotLetARemoteThatIsAwayKeepUpWhatGoesToItsCorrectedAddress() {
        IacRepository mistaken = rig.iac("https://gti.example.com/iac", "main");
        rig.git.isAway(mistaken.remote());
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started lost = rig.order("1.0.0").repository(mistaken).start();
        gate.awaitReached();
        GitOpsRig.Started corrected = rig.order("1.0.1").start();
        rig.awaitQueued(2);

        gate.open();

        assertThat(corrected.result().status()).isEqualTo(DEPLOYED);
        assertThat(failureOf(lost).getOriginalMessage())
                .contains("https://gti.example.com/iac did not answer, and deployment dep0002 has been pushed");
        assertThat(rig.git.log()).containsExactly("dep0002");
    }

    @Test
    void givesUpAfterAnHourAndPushesNothingLater() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);

        ApplicationFailure failure = failureOf(rig.order("1.0.0").start());

        assertThat(failure.getType()).isEqualTo(FailureType.GIT_UNAVAILABLE.wireName());
        assertThat(failure.getOriginalMessage())
                .startsWith("Nothing could be pushed to iac (https://git.example.com/iac) for 60 minutes.")
                .contains("It says GitUnavailable.");
        rig.git.recover();
        rig.order("2.0.0").run();
        assertThat(rig.git.log()).containsExactly("dep0002");
    }

    @Test
    void makesOneCommitWhereTheAnswerIsLost() {
        rig.git.loseNextAnswer();

        assertThat(rig.order("1.0.0").run()).isEqualTo(new GitOpsResult(DEPLOYED, "c1", "Everything runs."));
        assertThat(rig.git.log()).containsExactly("dep0001");
        assertThat(rig.git.pushes()).hasSize(2);
    }

    @Test
    void queuesAChangeOnceHoweverOftenItIsAskedFor() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.startBehind(1, gate).getLast();
        IacRepositoryWorkflow.State queued = rig.repository().state();

        queued.queue().forEach(rig.repository()::enqueue);
        queued.queue().forEach(rig.repository()::enqueue);
        gate.open();
        deployment.awaitStatus(DEPLOYED);
        queued.queue().forEach(rig.repository()::enqueue);
        rig.order("2.0.0").run();

        assertThat(rig.git.pushes().stream().map(push -> push.changes().size())).containsExactly(1, 1, 1);
    }

    @Test
    void supersedesNobodyWhereAnEarlierChangeIsAskedForAgain() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        IacRepositoryWorkflow.Change early = rig.repository().state().queue().getFirst();
        gate.open();
        // To await its result would let time run on, until the server ends the idle repository.
        first.awaitStatus(DEPLOYED);
        Gate watch = rig.cluster.holds();
        GitOpsRig.Started second = rig.order("2.0.0").start();
        watch.awaitReached();

        rig.repository().enqueue(early);
        rig.order("1.0.0").path("charts/other").run();
        watch.open();

        assertThat(second.result().status()).isEqualTo(DEPLOYED);
    }

    @Test
    void doesNotMakeWhatWasWithdrawnHoweverLateItIsAskedFor() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started waiting = rig.startBehind(1, gate).getLast();
        IacRepositoryWorkflow.Change change = rig.repository().state().queue().getLast();
        waiting.workflow.cancel("not today");
        assertThat(waiting.result().status()).isEqualTo(CANCELED);

        rig.repository().enqueue(change);
        rig.repository().withdraw(change);
        rig.repository().enqueue(change);
        gate.open();
        rig.order("2.0.0").run();

        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void isMendedByAReminderWhereItWasTerminated() {
        GitOpsRig.Started deployment = startWhileDown();

        WorkflowStub.fromTyped(rig.repository()).terminate("by mistake");
        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void isMendedByAReminderWhereItWasCanceled() {
        GitOpsRig.Started deployment = startWhileDown();

        WorkflowStub.fromTyped(rig.repository()).cancel();
        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    /** A deployment whose push has been tried in vain. */
    private GitOpsRig.Started startWhileDown() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.git.pushes().size() >= 2);
        return deployment;
    }

    @Test
    void doesNotClaimToKnowWhatATerminatedQueueHasMade() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        WorkflowStub.fromTyped(rig.repository()).terminate("by mistake");

        deployment.workflow.cancel("not today");

        assertThat(deployment.result().reason()).contains("nobody knows whether it was pushed");
        gate.open();
    }

    @Test
    void keepsItsQueueAsItContinuesAsNew() {
        Gate gate = rig.git.holdNext();
        List<GitOpsRig.Started> started = rig.startBehind(3, gate);
        String run = runOf(rig.repository());
        IacRepositoryWorkflow.Change strange = strange();
        for (int i = 0; i < 7; i++) {
            rig.repository().withdraw(strange);
        }

        gate.open();

        assertThat(started)
                .allSatisfy(
                        deployment -> assertThat(deployment.result().status()).isEqualTo(DEPLOYED));
        assertThat(runOf(rig.repository())).isNotEqualTo(run);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002", "dep0003", "dep0004");
        assertThat(rig.repository().state().holders()).hasSize(4);
    }

    private static String runOf(IacRepositoryWorkflow repository) {
        return WorkflowStub.fromTyped(repository).describe().getExecution().getRunId();
    }

    /** A change that makes histories long. */
    private IacRepositoryWorkflow.Change strange() {
        return new IacRepositoryWorkflow.Change(
                rig.iac("main"),
                new ChartChange.Revert(new DeploymentId("strange"), "charts/shop", "c1", "x".repeat(700_000)));
    }

    @Test
    void takesAChangeBackWhosePushIsCanceledInTemporal() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.startBehind(1, gate).getLast();

        deployment.push().cancel();

        assertThat(failureOf(deployment).getType()).isEqualTo(FailureType.TERMINATED.wireName());
        gate.open();
        rig.order("2.0.0").run();
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void goesOnFromAPushThatAnEarlierRunLeftBehind() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        IacRepositoryWorkflow.Change change = rig.repository().state().queue().getFirst();
        ChartChange.Replace made = (ChartChange.Replace) change.change();
        DeploymentId second = new DeploymentId("dep0002");
        IacPushWorkflow left = rig.client.newWorkflowStub(
                IacPushWorkflow.class,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(WorkflowIds.ofDeployment(second) + "/push")
                        .setTaskQueue(TaskQueues.CONTROL_PLANE)
                        .build());
        WorkflowStub.fromTyped(left)
                .start(new IacPushWorkflow.Input(
                        change.repository(),
                        new ChartChange.Replace(
                                second, "charts/left", made.chart(), "1.0.0", Map.of(), "Left", Map.of())));
        rig.awaitQueued(2);

        GitOpsRig.Started deployment = rig.order("1.0.0").path("charts/left").start();
        gate.open();

        assertThat(first.result().status()).isEqualTo(DEPLOYED);
        assertThat(deployment.result().commit()).isEqualTo("c2");
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002");
    }
}
