package dev.slipway.workflows.release;

import static dev.slipway.core.release.DeploymentStatus.CANCELED;
import static dev.slipway.core.release.DeploymentStatus.COMPLETED;
import static dev.slipway.core.release.DeploymentStatus.COMPLETING;
import static dev.slipway.core.release.DeploymentStatus.FAILED;
import static dev.slipway.core.release.DeploymentStatus.PREPARING;
import static dev.slipway.core.release.DeploymentStatus.ROLLED_BACK;
import static dev.slipway.core.release.DeploymentStatus.ROLLING_BACK;
import static dev.slipway.core.release.DeploymentStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.deployment.OrderAnswer;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ReleaseDeploymentWorkflowTest extends TimeSkippingTest {
    @Test
    void bringsTheReleaseToEveryTarget() {
        Rig.Started deployment = rig.order("v1").start();

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
        assertThat(rig.node.ledger).containsExactlyInAnyOrder("web-1 v1", "web-2 v1", "web-3 v1");
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, COMPLETING, COMPLETED);
        assertThat(deployment.tasks()).isEqualTo("succeeded succeeded succeeded pending");
        assertThat(deployment.lastWord()).isEqualTo(new Change.Ended(COMPLETED.wireName(), null));
    }

    @Test
    void keepsTheEndThatItHasToldWhenACancelArrivesWithIt() {
        Rig.Order order = rig.order("v1");
        AtomicReference<Rig.Started> started = new AtomicReference<>();
        rig.control.whenTheEndIsTold(() -> started.get().cancel("too late"));
        Rig.Started deployment = order.start(started::set);

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, COMPLETING, COMPLETED);
        assertThat(rig.node.runs).hasSize(3);
    }

    @Test
    void doesNothingWhereTheReleaseAlreadyRuns() {
        rig.order("v1").run();
        rig.node.ledger.clear();

        DeploymentResult result = rig.order("v1").run();

        assertThat(rig.node.ledger).isEmpty();
        assertThat(result.message()).hasToString("Nothing to do: every target already runs web@v1");
    }

    @Test
    void redoesWhatAlreadyRunsWhenItIsForced() {
        rig.order("v1").run();

        DeploymentResult result = rig.order("v1").force().run();

        assertThat(result.message()).hasToString("Deployed web@v1 to 3 targets");
    }

    @Test
    void redoesAForcedTargetAlsoWhereTheFirstAttemptFailed() {
        rig.order("v1").targets(1).run();
        rig.node.failNext("web-1", FailureType.TARGET_IO);

        DeploymentResult result = rig.order("v1").targets(1).force().run();

        assertThat(result.message()).hasToString("Deployed web@v1 to 1 target");
    }

    @Test
    void takesOneBatchAfterTheOther() {
        rig.order("v2").targets(4).rolling("25%").run();

        assertThat(rig.node.ledger).containsExactly("web-1 v2", "web-2 v2", "web-3 v2", "web-4 v2");
    }

    @Test
    void rollsTouchedTargetsBackToWhatTheirAgentsSaw() {
        rig.order("v1").run();
        rig.node.ledger.clear();
        rig.node.unhealthyVersions.add("web-2 v2");

        Rig.Started deployment = rig.order("v2").rolling("1").start();

        assertThat(deployment.result().status()).isEqualTo(ROLLED_BACK);
        assertThat(rig.node.ledger).startsWith("web-1 v2", "web-2 v2").hasSize(4);
        assertThat(rig.node.runs.values())
                .allSatisfy(ran -> assertThat(ran.version()).isEqualTo("v1"));
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, ROLLING_BACK, ROLLED_BACK);
        assertThat(deployment.tasks()).isEqualTo("rolled_back rolled_back pending pending");
    }

    @Test
    void leavesNothingBehindWhenTheFirstDeploymentFails() {
        rig.node.unhealthyVersions.add("web-2 v1");

        DeploymentResult result = rig.order("v1").rolling("1").run();

        assertThat(result.status()).isEqualTo(ROLLED_BACK);
        assertThat(rig.node.runs).isEmpty();
    }

    @Test
    void noticesThatATargetOfAnEarlierBatchDied() {
        rig.node.block("web-2");
        Rig.Started deployment = rig.order("v1").targets(2).rolling("1").start();
        awaitBlocked("web-2");

        rig.node.unhealthyVersions.add("web-1 v1");
        rig.node.release("web-2");

        assertThat(deployment.result().status()).isEqualTo(ROLLED_BACK);
        assertThat(deployment.result().message().toString()).contains("web-1 was healthy after its batch");
    }

    @Test
    void looksAgainWhereAnAgentWasLostDuringTheSecondLook() {
        rig.node.block("web-2");
        Rig.Started deployment = rig.order("v1").targets(2).rolling("1").start();
        awaitBlocked("web-2");

        rig.node.failNextVerification("web-1", FailureType.AGENT_LOST, FailureType.AGENT_LOST);
        rig.node.release("web-2");

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
    }

    @Test
    void deploysNoSkippedTargetAfterASecondLookThatWasHeld() {
        rig.node.failNext("web-110", FailureType.DISK_FULL);
        Rig.Started deployment =
                rig.order("v1").targets(120).rolling("60").stopOnFailure().start();
        awaitHeld(deployment, "web-110");

        rig.node.unhealthyVersions.add("web-1 v1");
        deployment.skip("web-110");
        awaitHeld(deployment, "web-1");
        rig.node.unhealthyVersions.clear();
        deployment.retry("web-1");

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
        assertThat(rig.node.ledger).hasSize(119).doesNotContain("web-110 v1");
        assertThat(deployment.statuses())
                .containsExactly(
                        PREPARING, RUNNING, FAILED, RUNNING, COMPLETING, FAILED, RUNNING, COMPLETING, COMPLETED);
    }

    @Test
    void countsWhatAnAttemptHasDoneBeforeItsAgentWasLost() {
        rig.node.failNextVerification("web-1", FailureType.AGENT_LOST);

        assertThat(rig.order("v1").targets(1).run().message()).hasToString("Deployed web@v1 to 1 target");
        assertThat(rig.node.ledger).containsExactly("web-1 v1");
    }

    @Test
    void redoesAForcedDeploymentInItsSecondAttemptToo() {
        rig.order("v1").targets(1).run();
        rig.node.failNext("web-1", FailureType.TARGET_IO);

        DeploymentResult result = rig.order("v1").targets(1).force().run();

        assertThat(result.message()).hasToString("Deployed web@v1 to 1 target");
    }

    @Test
    void triesAFailureThatMayPassThreeTimes() {
        rig.node.failNext("web-1", FailureType.TARGET_IO, FailureType.ARTIFACT_UNAVAILABLE);

        assertThat(rig.order("v1").targets(1).run().status()).isEqualTo(COMPLETED);
    }

    @Test
    void givesUpAfterTheThirdAttempt() {
        rig.node.failNext("web-1", FailureType.TARGET_IO, FailureType.TARGET_IO, FailureType.TARGET_IO);

        assertThat(rig.order("v1").targets(1).run().status()).isEqualTo(ROLLED_BACK);
    }

    @Test
    void doesNotTryAgainWhatCannotPass() {
        rig.node.failNext("web-1", FailureType.DISK_FULL);

        DeploymentResult result = rig.order("v1").targets(1).run();

        assertThat(result.status()).isEqualTo(ROLLED_BACK);
        assertThat(result.message()).hasToString("web-1 fails as told");
    }

    @Test
    void holdsForAPersonWhoHasATargetTriedAgain() {
        rig.node.failNext("web-1", FailureType.DISK_FULL);
        Rig.Started deployment = rig.order("v1").rolling("1").stopOnFailure().start();
        deployment.awaitStatus(FAILED);

        deployment.retry("web-1");

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, FAILED, RUNNING, COMPLETING, COMPLETED);
    }

    @Test
    void holdsForAPersonWhoGoesOnWithoutATarget() {
        rig.node.failNext("web-1", FailureType.DISK_FULL);
        Rig.Started deployment = rig.order("v1").rolling("1").stopOnFailure().start();
        deployment.awaitStatus(FAILED);

        deployment.skip("web-1");

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
        assertThat(deployment.tasks()).isEqualTo("skipped succeeded succeeded pending");
    }

    @Test
    void holdsForAPersonWhoRollsBack() {
        rig.order("v1").run();
        rig.node.unhealthyVersions.add("web-2 v2");
        Rig.Started deployment = rig.order("v2").rolling("1").stopOnFailure().start();
        deployment.awaitStatus(FAILED);

        deployment.rollback("broken");

        assertEnd(deployment, ROLLED_BACK, "Rolled back by alice: broken");
        assertThat(rig.node.runs.values())
                .allSatisfy(ran -> assertThat(ran.version()).isEqualTo("v1"));
    }

    @Test
    void holdsForAPersonWhoCancels() {
        rig.order("v1").run();
        rig.node.unhealthyVersions.add("web-2 v2");
        Rig.Started deployment = rig.order("v2").rolling("1").stopOnFailure().start();
        deployment.awaitStatus(FAILED);

        deployment.cancel("not today");

        assertEnd(deployment, CANCELED, "Canceled by alice: not today");
        assertThat(rig.node.runs.values())
                .allSatisfy(ran -> assertThat(ran.version()).isEqualTo("v1"));
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, FAILED, ROLLING_BACK, CANCELED);
    }

    @Test
    void refusesToRetryATargetThatDoesNotWait() {
        rig.node.failNext("web-1", FailureType.DISK_FULL);
        Rig.Started deployment = rig.order("v1").rolling("1").stopOnFailure().start();
        deployment.awaitStatus(FAILED);

        OrderAnswer answer = deployment.retry("web-2");

        assertThat(answer.refusal()).hasToString("Target web-2 is not waiting for a decision; waiting: web-1");
    }

    @Test
    void stopsRunningStepsAndGoesBackWhenItIsCanceled() {
        rig.order("v1").run();
        rig.node.block("web-2");
        Rig.Started deployment = rig.order("v2").rolling("1").start();
        awaitBlocked("web-2");

        deployment.cancel("not today");

        assertEnd(deployment, CANCELED, "Canceled by alice: not today");
        assertThat(rig.node.runs.values())
                .allSatisfy(ran -> assertThat(ran.version()).isEqualTo("v1"));
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, ROLLING_BACK, CANCELED);
    }

    @Test
    void isCanceledInTemporalToo() {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").targets(1).start();
        awaitBlocked("web-1");

        deployment.cancelInTemporal();

        assertThat(catchThrowable(deployment::result)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(rig.control.statusOf(deployment.id)).isEqualTo(CANCELED);
        assertThat(rig.node.runs).isEmpty();
    }

    @Test
    void endsAsFailedWithEachVersionListedWhenATargetCannotBeBroughtBack() {
        rig.order("v1").run();
        rig.node.unhealthyVersions.add("web-3 v2");
        rig.node.unhealthyVersions.add("web-2 v1");

        Throwable thrown = catchThrowable(() -> rig.order("v2").rolling("1").run());

        assertThat(failureOf(thrown).getType()).isEqualTo(FailureType.TARGETS_HELD.wireName());
        assertThat(failureOf(thrown).getOriginalMessage())
                .contains("Rollback failed on 1 target: web-2 (runs v1): Restored, but not healthy");
    }

    @Test
    void beginsNoFurtherTargetWhileItIsPaused() {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").rolling("1").start();
        awaitBlocked("web-1");

        deployment.pause("lunch");
        rig.node.release("web-1");
        temporal.sleep(Duration.ofHours(1));
        assertThat(rig.node.ledger).containsExactly("web-1 v1");
        deployment.resume();

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
    }

    @Test
    void startsNothingWhenItWasPausedBeforeItHadTheLock() {
        rig.node.block("web-1");
        Rig.Started first = rig.order("v1").start();
        awaitBlocked("web-1");
        Rig.Started second = rig.order("v2").start();
        second.pause("not before noon");

        rig.node.release("web-1");
        // Not by its result: time is skipped while a result is awaited, and then also the limit of the pause.
        first.awaitStatus(COMPLETED);
        temporal.sleep(Duration.ofHours(1));
        assertThat(second.state().waiting()).isTrue();
        assertThat(rig.node.runs.values())
                .allSatisfy(ran -> assertThat(ran.version()).isEqualTo("v1"));
        second.resume();

        assertThat(second.result().status()).isEqualTo(COMPLETED);
    }

    @Test
    void saysThatItIsStillPausedAfterAPersonMendedAFailure() {
        rig.node.failNext("web-1", FailureType.DISK_FULL);
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").rolling("1").stopOnFailure().start();
        awaitBlocked("web-1");
        deployment.pause("lunch");
        rig.node.release("web-1");
        awaitHeld(deployment, "web-1");

        deployment.retry("web-1");

        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(deployment.state().status()).isEqualTo(RUNNING.wireName());
            assertThat(deployment.state().waiting()).isTrue();
        });
        assertThat(rig.node.ledger).containsExactly("web-1 v1");
        deployment.resume();
        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
    }

    private static void awaitHeld(Rig.Started deployment, String target) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(deployment.state().failed()).containsExactly(target));
    }

    private void awaitBlocked(String target) {
        try {
            rig.node.awaitBlocked(target);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static ApplicationFailure failureOf(Throwable thrown) {
        assertThat(thrown).isInstanceOf(WorkflowFailedException.class);
        return (ApplicationFailure) Objects.requireNonNull(thrown.getCause());
    }
}
