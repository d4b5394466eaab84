package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.Reconciler;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is made of pushes of which it is unknown what became of them. */
class IacRepositoryRetryTest extends GitOpsTest {
    @Test
    void makesOneCommitWhereTheAnswerIsLost() {
        rig.git.loseNextAnswer();

        assertThat(rig.order("1.0.0").run()).isEqualTo(deployed("c1"));
        assertThat(rig.git.log()).containsExactly("dep0001");
        assertThat(rig.git.pushes()).hasSize(2);
    }

    @Test
    void datesACommitByTheTryWhoseWorkerWasLost() {
        rig.git.loseNextWorker();

        datesTheCommitByItsFirstTry();
    }

    @Test
    void datesACommitByTheTryWhoseAnswerWasLost() {
        rig.git.loseNextAnswer();

        datesTheCommitByItsFirstTry();
    }

    private void datesTheCommitByItsFirstTry() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment =
                rig.order("1.0.0").reconciler(Reconciler.HELM).start();
        gate.awaitReached();
        Instant first = Instant.ofEpochMilli(temporal.currentTimeMillis());
        gate.open();
        rig.git.awaitCommits(1);
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        temporal.sleep(Duration.ofMinutes(1));
        rig.git.recover();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.cluster.looks().getFirst().watched().pushedAt()).isBeforeOrEqualTo(first);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void takesAChangeForMadeWhoseEarlierTryArrivedWhenTheRemoteRefusesTheNext() {
        GitOpsRig.Started deployment = lostAndRefused();

        assertThat(deployment.result()).isEqualTo(deployed("c1"));
        assertThat(rig.git.searches()).hasSize(1);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void saysThatItIsUnknownWhereTheRemoteDoesNotEvenSayWhatItHas() {
        rig.git.hide();

        assertThat(failureOf(lostAndRefused()).getOriginalMessage())
                .contains("It says PushRejected", "It is unknown whether", "Slipway-Deployment: dep0001");
    }

    @Test
    void refusesWhatIsNotOnTheBranchAsTheRemoteSays() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        rig.awaitPushes(2);
        rig.git.fail(FailureType.PUSH_REJECTED);

        assertThat(failureOf(deployment).getOriginalMessage()).isEqualTo("It says PushRejected");
        assertThat(rig.git.searches()).hasSize(1);
    }

    @Test
    void asksForNothingWhereTheFirstTryIsRefused() {
        rig.git.fail(FailureType.PUSH_REJECTED);

        assertThat(failureOf(rig.order("1.0.0").start()).getOriginalMessage()).isEqualTo("It says PushRejected");
        assertThat(rig.git.searches()).isEmpty();
    }

    /** A deployment whose push has arrived, which nobody said, and then the remote takes no more. */
    private GitOpsRig.Started lostAndRefused() {
        rig.git.loseNextAnswer();
        rig.git.holdNext().open();
        Gate second = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        second.awaitReached();
        rig.git.fail(FailureType.PUSH_REJECTED);
        second.open();
        return deployment;
    }
}
