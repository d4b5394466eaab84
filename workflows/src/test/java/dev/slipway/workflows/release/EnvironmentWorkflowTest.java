package dev.slipway.workflows.release;

import static dev.slipway.core.release.DeploymentStatus.CANCELED;
import static dev.slipway.core.release.DeploymentStatus.COMPLETED;
import static dev.slipway.core.release.DeploymentStatus.FAILED;
import static dev.slipway.core.release.DeploymentStatus.PENDING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.EnvironmentWorkflow;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EnvironmentWorkflowTest extends TimeSkippingTest {
    @BeforeEach
    void block() {
        rig.node.block("web-1");
    }

    @Test
    void letsOneDeploymentInAndTheOthersWaitTheirTurn() throws InterruptedException {
        Rig.Started first = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");
        Rig.Started second = rig.order("v2").start();
        awaitWaiting(1);

        assertThat(rig.control.statusOf(second.id)).isEqualTo(PENDING);
        rig.node.release("web-1");

        assertThat(first.result().status()).isEqualTo(COMPLETED);
        assertThat(second.result().status()).isEqualTo(COMPLETED);
        assertThat(rig.node.ledger.subList(0, 3))
                .allSatisfy(line -> assertThat(line).endsWith("v1"));
    }

    @Test
    void givesEachDeploymentAHigherEpoch() throws InterruptedException {
        rig.node.release("web-1");
        rig.order("v1").run();
        long first = admissions().epoch();

        rig.order("v2").run();

        assertThat(admissions().epoch()).isGreaterThan(first);
    }

    @Test
    void supersedesWhatIsUnderWayAndWhatWaits() throws InterruptedException {
        Rig.Started first = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");
        Rig.Started second = rig.order("v2").start();
        awaitWaiting(1);

        Rig.Started third = rig.order("v3").concurrency(Concurrency.SUPERSEDE).start();

        assertThat(third.result().status()).isEqualTo(COMPLETED);
        assertEnd(first, CANCELED, "Superseded by deployment " + third.id);
        assertThat(second.result().status()).isEqualTo(CANCELED);
    }

    // Each that is superseded leaves the queue while the next ones are still being told.
    @Test
    void supersedesManyThatWait() throws InterruptedException {
        Rig.Started first = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");
        List<Rig.Started> queued =
                IntStream.range(0, 20).mapToObj(_ -> rig.order("v2").start()).toList();
        awaitWaiting(queued.size());

        Rig.Started last = rig.order("v3").concurrency(Concurrency.SUPERSEDE).start();

        assertThat(last.result().status()).isEqualTo(COMPLETED);
        assertEnd(first, CANCELED, "Superseded by deployment " + last.id);
        assertThat(queued).allSatisfy(each -> assertThat(each.result().status()).isEqualTo(CANCELED));
    }

    @Test
    void refusesAnotherDeploymentWhereOneIsUnderWay() throws InterruptedException {
        Rig.Started first = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");

        Throwable thrown = catchThrowable(
                () -> rig.order("v2").concurrency(Concurrency.REJECT).run());
        rig.node.release("web-1");

        ApplicationFailure failure = (ApplicationFailure) Objects.requireNonNull(thrown.getCause());
        assertThat(failure.getType()).isEqualTo(FailureType.ENVIRONMENT_BUSY.wireName());
        assertThat(failure.getOriginalMessage()).contains(first.id.value());
        assertThat(first.result().status()).isEqualTo(COMPLETED);
    }

    @Test
    void letsTheNextDeploymentTakeOverFromOneThatIsHeld() {
        rig.node.release("web-1");
        rig.node.failNext("web-1", FailureType.DISK_FULL);
        Rig.Started held = rig.order("v1").stopOnFailure().start();
        held.awaitStatus(FAILED);

        assertThat(rig.order("v2").concurrency(Concurrency.REJECT).run().status())
                .isEqualTo(COMPLETED);
        assertThat(catchThrowable(held::result)).hasMessageContaining("deployment/" + held.id);
        assertThat(rig.control.statusOf(held.id)).isEqualTo(FAILED);
    }

    @Test
    void letsARetryOfAHeldDeploymentFinishBeforeTheNext() throws InterruptedException {
        rig.node.failNext("web-1", FailureType.DISK_FULL);
        rig.node.release("web-1");
        Rig.Started held = rig.order("v1").stopOnFailure().start();
        held.awaitStatus(FAILED);
        rig.node.block("web-1");
        held.retry("web-1");
        rig.node.awaitBlocked("web-1");

        Rig.Started next = rig.order("v2").start();
        awaitWaiting(1);
        rig.node.release("web-1");

        assertThat(held.result().status()).isEqualTo(COMPLETED);
        assertThat(next.result().status()).isEqualTo(COMPLETED);
    }

    @Test
    void forgetsADeploymentThatWasTerminated() throws InterruptedException {
        Rig.Started first = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");
        first.workflow.terminate("by an admin");
        rig.node.release("web-1");

        assertThat(rig.order("v2").run().status()).isEqualTo(COMPLETED);
    }

    @Test
    void letsADeploymentEndWhenItWasTerminatedItself() throws InterruptedException {
        Rig.Started first = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");
        long epoch = admissions().epoch();
        rig.client.newUntypedWorkflowStub(WorkflowIds.ofEnvironment("staging")).terminate("by an admin");
        rig.node.release("web-1");

        assertThat(first.result().status()).isEqualTo(COMPLETED);
        assertThat(first.lastWord()).isEqualTo(new Change.Ended(COMPLETED.wireName(), null));
        assertThat(rig.order("v2").run().status()).isEqualTo(COMPLETED);
        assertThat(admissions().epoch()).isGreaterThan(epoch);
    }

    @Test
    void letsADeploymentThatWaitsBeCanceled() throws InterruptedException {
        Rig.Started first = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");
        Rig.Started second = rig.order("v2").start();
        awaitWaiting(1);

        second.cancel("not needed");

        assertEnd(second, CANCELED, "Canceled by alice: not needed");
        assertThat(second.statuses()).containsExactly(CANCELED);
        assertThat(admissions().waiting()).isEmpty();
        rig.node.release("web-1");
        assertThat(first.result().status()).isEqualTo(COMPLETED);
        assertThat(rig.node.ledger).containsExactlyInAnyOrder("web-1 v1", "web-2 v1", "web-3 v1");
    }

    private void awaitWaiting(int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(admissions().waiting()).hasSize(count));
    }

    private EnvironmentWorkflow.Admissions admissions() {
        return rig.client
                .newWorkflowStub(EnvironmentWorkflow.class, WorkflowIds.ofEnvironment("staging"))
                .admissions();
    }
}
