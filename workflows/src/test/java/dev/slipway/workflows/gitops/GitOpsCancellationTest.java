package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHED;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHING;
import static dev.slipway.core.gitops.GitOpsStatus.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.FailureType;
import dev.slipway.workflows.deployment.OrderAnswer;
import io.temporal.failure.CanceledFailure;
import org.junit.jupiter.api.Test;

class GitOpsCancellationTest extends GitOpsTest {
    private static final String STANDS =
            "Commit c1 stays in the IaC repository. To revert it: slipway rollback dep0001";

    @Test
    void asksForNothingWhereItIsCanceledAsItStarts() {
        GitOpsRig.Started deployment = rig.order("1.0.0").startCanceled();

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(deployment.lastWords()).isEqualTo("Canceled by temporal: at once");
        assertThat(deployment.statuses()).containsExactly(CANCELED);
        assertThat(rig.git.pushes()).isEmpty();
    }

    @Test
    void takesItsChangeOutOfTheQueue() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started waiting = rig.startBehind(1, gate).getLast();

        assertThat(waiting.cancel("not today")).isEqualTo(OrderAnswer.ACCEPTED);
        assertThat(waiting.result().status()).isEqualTo(CANCELED);
        gate.open();
        rig.order("2.0.0").run();

        assertThat(waiting.lastWords()).isEqualTo("Canceled by operator: not today");
        assertThat(waiting.statuses()).containsExactly(VALIDATING, PUSHING, CANCELED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void saysThatTheCommitStaysWhereItIsCanceledWhileItIsPushed() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.cancel("not today");
        gate.open();

        assertThat(deployment.result().commit()).isEqualTo("c1");
        assertThat(deployment.lastWords()).isEqualTo("Canceled by operator: not today. " + STANDS);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, CANCELED);
        assertThat(rig.cluster.looks()).isEmpty();
    }

    @Test
    void endsAsCanceledWhereItsPushIsRefusedMeanwhile() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start(known -> rig.git.refuse(known.id));
        gate.awaitReached();

        deployment.cancel("not today");
        gate.open();

        assertThat(deployment.result().message())
                .hasToString(
                        "Canceled by operator: not today. Nothing is known to have been pushed: It has no Chart.yaml");
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, CANCELED);
    }

    @Test
    void pushesNothingLaterWhereItIsCanceledWhileTheRepositoryIsDown() {
        rig.git.fail(FailureType.GIT_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        rig.awaitPushes(2);

        deployment.cancel("not today");

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(deployment.lastWords()).contains("It says GitUnavailable", "Slipway-Deployment: dep0001");
        rig.git.recover();
        rig.order("2.0.0").run();
        assertThat(rig.git.log()).containsExactly("dep0002");
    }

    @Test
    void leavesTheCommitWhereItIsCanceledWhileItIsMonitored() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.stub().signal("cancel", " ");

        assertThat(deployment.result().message()).hasToString("Canceled by temporal. " + STANDS);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, CANCELED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void namesTheUserWhoCanceledIt() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.cancel("not today");
        deployment.result();

        assertThat(rig.control.storyOf(deployment.id))
                .filteredOn(event -> event.message().code().equals("canceled"))
                .first()
                .matches(event -> event.actor().equals(Actor.OPERATOR));
    }

    @Test
    void isCanceledInTemporalToo() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        deployment.stub().cancel();

        assertThat(catchThrowable(deployment::result)).hasCauseInstanceOf(CanceledFailure.class);
        assertThat(deployment.statuses().getLast()).isEqualTo(CANCELED);
        assertThat(deployment.lastWords()).isEqualTo("Canceled by temporal. " + STANDS);
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
        assertThat(deployment.lastWords()).isEqualTo("Canceled by temporal. " + STANDS);
    }

    @Test
    void refusesOrdersThatThisKindHasNoUseFor() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        assertThat(refusal(deployment.pause("not today"))).isEqualTo("This kind of deployment does not support pause");
        gate.open();
        deployment.result();
    }
}
