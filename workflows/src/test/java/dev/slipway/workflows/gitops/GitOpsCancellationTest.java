package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHED;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHING;
import static dev.slipway.core.gitops.GitOpsStatus.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.failure.FailureType;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class GitOpsCancellationTest extends GitOpsTest {
    private static final String STANDS = "Commit c1 stands; to take it back: slipway rollback dep0001";

    @Test
    void asksForNothingWhereItIsCanceledAsItStarts() {
        GitOpsRig.Started deployment = rig.order("1.0.0").startCanceled();

        assertThat(deployment.result()).isEqualTo(new GitOpsResult(CANCELED, null, "at once"));
        assertThat(deployment.statuses()).containsExactly(CANCELED);
        assertThat(rig.git.pushes()).isEmpty();
    }

    @Test
    void takesItsChangeOutOfTheQueue() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started waiting = rig.startBehind(1, gate).getLast();

        waiting.workflow.cancel("not today");
        assertThat(waiting.result()).isEqualTo(new GitOpsResult(CANCELED, null, "not today"));
        gate.open();
        rig.order("2.0.0").run();

        assertThat(waiting.statuses()).containsExactly(VALIDATING, PUSHING, CANCELED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void saysThatTheCommitStandsWhereItIsCanceledWhileItIsPushed() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.workflow.cancel("not today");
        gate.open();

        assertThat(deployment.result()).isEqualTo(new GitOpsResult(CANCELED, "c1", "not today " + STANDS));
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, CANCELED);
        assertThat(rig.cluster.looks()).isEmpty();
    }

    @Test
    void revertsWhatIsPushedMeanwhile() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.workflow.cancelAndRevert("not today");
        gate.open();

        assertThat(deployment.result()).isEqualTo(new GitOpsResult(CANCELED, "c1", "not today Reverted by commit c2."));
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001");
    }

    @Test
    void revertsInWhateverOrderTheOrdersCome() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.workflow.cancel("not today");
        deployment.workflow.cancelAndRevert("nor tomorrow");
        deployment.workflow.cancel("not today");
        gate.open();

        assertThat(deployment.result().reason()).isEqualTo("nor tomorrow Reverted by commit c2.");
    }

    @Test
    void endsAsCanceledWhereItsPushIsRefusedMeanwhile() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start(known -> rig.git.refuse(known.id));
        gate.awaitReached();

        deployment.workflow.cancelAndRevert("not today");
        gate.open();

        assertThat(deployment.result().reason())
                .isEqualTo("not today Nothing was pushed that is known of: It has no Chart.yaml.");
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, CANCELED);
    }

    @Test
    void pushesNothingLaterWhereItIsCanceledWhileTheRepositoryIsDown() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        await().atMost(Duration.ofSeconds(20)).until(() -> rig.git.pushes().size() >= 2);

        deployment.workflow.cancel("not today");

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(deployment.result().reason()).contains("It says GitUnavailable.", "Slipway-Deployment: dep0001");
        rig.git.recover();
        rig.order("2.0.0").run();
        assertThat(rig.git.log()).containsExactly("dep0002");
    }

    @Test
    void leavesTheCommitWhereItIsCanceledWhileItIsWatched() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.workflow.cancel(" ");

        assertThat(deployment.result().reason()).isEqualTo("Canceled by a person. " + STANDS);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, CANCELED);
    }

    @Test
    void revertsTheCommitThatIsWatched() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.workflow.cancelAndRevert("not today");
        deployment.workflow.cancelAndRevert("not today");

        assertThat(deployment.result().reason()).isEqualTo("not today Reverted by commit c2.");
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001");
    }

    @Test
    void saysThatTheCommitStandsWhereItsRevertIsRefused() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        rig.git.refuse(deployment.id);

        deployment.workflow.cancelAndRevert("not today");

        assertThat(deployment.result().reason())
                .isEqualTo("not today Commit c1 stands, as it could not be reverted: It has no Chart.yaml.");
        assertThat(deployment.statuses().getLast()).isEqualTo(CANCELED);
    }

    @Test
    void isCanceledInTemporalToo() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.stub().cancel();

        assertThat(catchThrowable(deployment::result)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(deployment.statuses().getLast()).isEqualTo(CANCELED);
        assertThat(deployment.reasons().getLast()).isEqualTo("Canceled in Temporal. " + STANDS);
    }

    @Test
    void knowsItsCommitAlsoWhereItIsCanceledInTemporalWhileItIsPushed() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.stub().cancel();
        gate.open();

        assertThat(catchThrowable(deployment::result)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, CANCELED);
        assertThat(deployment.reasons().getLast()).isEqualTo("Canceled in Temporal. " + STANDS);
    }

    @Test
    void givesWayToALaterDeploymentToTheSameFolder() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();

        GitOpsRig.Started second = rig.order("2.0.0").start();

        assertThat(second.result().status()).isEqualTo(DEPLOYED);
        assertThat(first.result()).isEqualTo(new GitOpsResult(CANCELED, "c1", "Superseded by dep0002."));
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002");
    }

    @Test
    void givesWayAlsoWhereItHadNothingToChange() {
        Gate gate = rig.cluster.holds();
        Gate other = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started same = rig.order("1.0.0").start();
        other.awaitReached();

        rig.order("2.0.0").run();

        assertThat(first.result().reason()).isEqualTo("Superseded by dep0003.");
        assertThat(same.result().reason()).isEqualTo("Superseded by dep0003.");
    }

    @Test
    void givesWayToARevertOfWhatItFound() {
        Gate gate = rig.cluster.holds();
        Gate other = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started same = rig.order("1.0.0").start();
        other.awaitReached();

        first.workflow.cancelAndRevert("not today");

        assertThat(same.result().reason()).isEqualTo("Superseded by dep0001.");
        assertThat(first.result().reason()).isEqualTo("not today Reverted by commit c2.");
    }

    @Test
    void goesOnWhereALaterDeploymentGoesToAnotherFolderOrBranch() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();

        rig.order("1.0.0").path("charts/other").run();
        rig.order("2.0.0").repository(rig.iac("production")).run();
        gate.open();

        assertThat(first.result().status()).isEqualTo(DEPLOYED);
    }
}
