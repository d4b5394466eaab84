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
import static org.awaitility.Awaitility.await;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.EnvironmentWorkflow;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One deployment at a time to an environment. */
class GitOpsLockTest extends GitOpsTest {
    @Test
    void aLaterDeploymentSupersedesOneThatIsMonitored() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();

        GitOpsRig.Started second = rig.order("2.0.0").start();

        assertThat(second.result().status()).isEqualTo(DEPLOYED);
        assertThat(first.result().commit()).isEqualTo("c1");
        assertThat(first.lastWords()).isEqualTo("Superseded by deployment dep0002");
        assertThat(first.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, CANCELED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002");
    }

    @Test
    void aLaterDeploymentSupersedesOneThatIsPushed() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started second = rig.order("2.0.0").start();
        first.awaitSuperseded();

        gate.open();

        assertThat(second.result().status()).isEqualTo(DEPLOYED);
        assertThat(first.result().commit()).isEqualTo("c1");
        assertThat(first.lastWords()).isEqualTo("Superseded by deployment dep0002");
        assertThat(first.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, CANCELED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002");
    }

    @Test
    void aLaterDeploymentSupersedesOneThatWaitsForItsPush() {
        Gate gate = rig.git.holdNext();
        rig.startBehind(0, gate);
        GitOpsRig.Started first = rig.order("1.0.0").start();
        rig.awaitQueued(2);

        GitOpsRig.Started second = rig.order("2.0.0").start();

        assertThat(first.result().status()).isEqualTo(CANCELED);
        gate.open();
        assertThat(second.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void theLastOfManySupersedesThoseThatWait() {
        Gate gate = rig.git.holdNext();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started second = rig.order("2.0.0").start();
        awaitWaiting(1);
        GitOpsRig.Started third = rig.order("3.0.0").start();

        assertThat(second.result().message()).hasToString("Superseded by deployment dep0003");
        assertThat(second.statuses()).containsExactly(CANCELED);
        gate.open();
        assertThat(third.result().status()).isEqualTo(DEPLOYED);
        assertThat(first.result().status()).isEqualTo(CANCELED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0003");
    }

    @Test
    void aRollbackEndsBeforeTheLaterDeploymentPushes() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        Gate revert = rig.git.holdNext();
        first.rollBack("not today");
        revert.awaitReached();
        GitOpsRig.Started second = rig.order("2.0.0").start();
        awaitWaiting(1);

        revert.open();

        assertThat(first.result().status()).isEqualTo(ROLLED_BACK);
        assertThat(second.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001", "dep0002");
    }

    @Test
    void oneThatQueuesWaitsUntilTheFirstHasEnded() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started second =
                rig.order("2.0.0").concurrency(Concurrency.QUEUE).start();
        awaitWaiting(1);

        assertThat(second.statuses()).isEmpty();
        gate.open();

        assertThat(first.result().status()).isEqualTo(DEPLOYED);
        assertThat(second.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001", "dep0002");
    }

    @Test
    void oneThatQueuesIsCanceledWhileItWaits() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();
        GitOpsRig.Started second =
                rig.order("2.0.0").concurrency(Concurrency.QUEUE).start();
        awaitWaiting(1);

        second.cancel("not today");

        assertThat(second.result().status()).isEqualTo(CANCELED);
        assertThat(second.statuses()).containsExactly(CANCELED);
        awaitWaiting(0);
        gate.open();
        assertThat(first.result().status()).isEqualTo(DEPLOYED);
    }

    @Test
    void oneThatTakesNoQueueIsRejected() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();

        GitOpsRig.Started second = rig.order("2.0.0")
                .concurrency(Concurrency.REJECT)
                .revertOnFailure()
                .start();

        assertThat(failureOf(second).getType()).isEqualTo(FailureType.ENVIRONMENT_BUSY.wireName());
        assertThat(second.lastWords())
                .startsWith("Environment shop/staging takes one deployment at a time, and deployment dep0001 holds");
        assertThat(second.statuses()).containsExactly(FAILED);
        gate.open();
        assertThat(first.result().status()).isEqualTo(DEPLOYED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void deploymentsToOtherEnvironmentsGoOn() {
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started first = rig.order("1.0.0").start();
        gate.awaitReached();

        rig.order("1.0.0").path("charts/other").run();
        rig.order("2.0.0")
                .environment("production")
                .repository(rig.iac("production"))
                .run();
        gate.open();

        assertThat(first.result().status()).isEqualTo(DEPLOYED);
    }

    @Test
    void releasesTheLockHoweverItEnds() {
        rig.cluster.breaks();
        failureOf(rig.order("1.0.0").start());
        failureOf(rig.order("1.1.0").start(known -> rig.git.refuse(known.id)));
        rig.order("1.2.0").startCanceled().result();

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lock().holder()).isNull());
        assertThat(rig.order("2.0.0").concurrency(Concurrency.REJECT).run().status())
                .isEqualTo(DEPLOYED);
    }

    private EnvironmentWorkflow.Admissions lock() {
        return rig.client
                .newWorkflowStub(EnvironmentWorkflow.class, WorkflowIds.ofEnvironment("shop/staging"))
                .admissions();
    }

    private void awaitWaiting(int deployments) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(lock().waiting()).hasSize(deployments));
    }
}
