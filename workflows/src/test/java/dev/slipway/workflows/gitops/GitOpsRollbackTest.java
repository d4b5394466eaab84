package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static dev.slipway.core.gitops.GitOpsStatus.FAILED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHED;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHING;
import static dev.slipway.core.gitops.GitOpsStatus.ROLLED_BACK;
import static dev.slipway.core.gitops.GitOpsStatus.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.deployment.OrderAnswer;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A deployment under way that is rolled back. */
class GitOpsRollbackTest extends GitOpsTest {
    @Test
    void revertsTheCommitThatIsMonitored() {
        GitOpsRig.Started deployment = monitored();

        assertThat(deployment.rollBack("not today")).isEqualTo(OrderAnswer.ACCEPTED);

        assertThat(deployment.result().status()).isEqualTo(ROLLED_BACK);
        assertThat(deployment.lastWords()).isEqualTo("Rolled back by operator: not today. Reverted by commit c2");
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, ROLLED_BACK);
        assertThat(deployment.lastWord()).isEqualTo(new Change.Ended("rolled_back", null));
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001");
        assertThat(rig.control.storyOf(deployment.id))
                .filteredOn(event -> event.message().code().equals("commit-reverting"))
                .singleElement()
                .matches(event -> event.actor().equals(Actor.OPERATOR));
    }

    @Test
    void revertsWhatIsPushedMeanwhile() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        assertThat(deployment.rollBack("not today")).isEqualTo(OrderAnswer.ACCEPTED);
        gate.open();

        assertThat(deployment.result().status()).isEqualTo(ROLLED_BACK);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, ROLLED_BACK);
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001");
    }

    @Test
    void isCanceledWhereNothingWasPushedYet() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started waiting = rig.startBehind(1, gate).getLast();

        assertThat(waiting.rollBack("not today")).isEqualTo(OrderAnswer.ACCEPTED);

        assertThat(waiting.result().status()).isEqualTo(CANCELED);
        assertThat(waiting.lastWords()).isEqualTo("Rolled back by operator: not today");
        gate.open();
        rig.order("2.0.0").run();
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void isCanceledWhereItsPushIsRefusedMeanwhile() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start(known -> rig.git.refuse(known.id));
        gate.awaitReached();

        deployment.rollBack("not today");
        gate.open();

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(deployment.lastWords())
                .isEqualTo("Rolled back by operator: not today."
                        + " Nothing is known to have been pushed: It has no Chart.yaml");
    }

    @Test
    void failsWhereItsRevertIsRefused() {
        GitOpsRig.Started deployment = monitored();
        rig.git.refuse(deployment.id);

        assertThat(deployment.rollBack("not today")).isEqualTo(OrderAnswer.ACCEPTED);

        assertThat(failureOf(deployment).getType()).isEqualTo(FailureType.INVALID_CHART.wireName());
        assertThat(deployment.lastWords())
                .isEqualTo("Rolled back by operator: not today. Commit c1 stays in the IaC repository,"
                        + " because it could not be reverted: It has no Chart.yaml");
        assertThat(deployment.statuses().getLast()).isEqualTo(FAILED);
    }

    @Test
    void isCanceledWhereTheCommitIsOfAnotherDeployment() {
        rig.order("1.0.0").run();
        GitOpsRig.Started again = monitored();

        again.rollBack("not today");

        assertThat(again.result().status()).isEqualTo(CANCELED);
        assertThat(again.lastWords()).endsWith("Nothing was reverted: commit c1 was not made by this deployment");
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void isCanceledWhereTheFolderHasChangedSince() {
        GitOpsRig.Started deployment = monitored();
        rig.git.somebodyChanges("charts/shop");

        deployment.rollBack("not today");

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(deployment.lastWords()).endsWith("Nothing was reverted: the folder has changed since");
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void obeysTheFirstOrderAndRefusesTheNext() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();

        assertThat(deployment.cancel("not today")).isEqualTo(OrderAnswer.ACCEPTED);
        assertThat(refusal(deployment.rollBack("nor tomorrow")))
                .isEqualTo("The deployment is already being stopped (pushing): Canceled by operator: not today");
        assertThat(refusal(deployment.cancel("not today"))).startsWith("The deployment is already being stopped");
        gate.open();

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void refusesAnOrderWhileItRollsBack() {
        GitOpsRig.Started deployment = monitored();
        Gate revert = rig.git.holdNext();
        deployment.rollBack("not today");
        revert.awaitReached();

        assertThat(refusal(deployment.cancel("nor tomorrow")))
                .isEqualTo("The deployment is already being stopped (monitoring): Rolled back by operator: not today");
        revert.open();

        assertThat(deployment.result().status()).isEqualTo(ROLLED_BACK);
    }

    @Test
    void refusesARollbackThatComesWhenItsEndIsDecided() {
        Gate revert = rig.git.holdNext();
        revert.open();
        Gate second = rig.git.holdNext();
        rig.cluster.breaks();
        GitOpsRig.Started deployment = rig.order("1.0.0").revertOnFailure().start();
        second.awaitReached();

        assertThat(refusal(deployment.rollBack("too late"))).isEqualTo("Too late: the deployment is monitoring");
        second.open();

        assertThat(failureOf(deployment).getType()).isEqualTo(FailureType.RECONCILIATION_FAILED.wireName());
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001");
    }

    @Test
    void keepsTheEndThatItHasReportedWhenARollbackArrivesWithIt() {
        AtomicReference<GitOpsRig.Started> started = new AtomicReference<>();
        rig.control.whenTheEndIsTold(() -> started.get().stub().signal("rollback", "too late"));
        GitOpsRig.Started deployment = rig.order("1.0.0").start(started::set);

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    private GitOpsRig.Started monitored() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        gate.awaitReached();
        return deployment;
    }
}
