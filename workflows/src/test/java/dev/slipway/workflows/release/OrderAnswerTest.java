package dev.slipway.workflows.release;

import static dev.slipway.core.release.DeploymentStatus.CANCELED;
import static dev.slipway.core.release.DeploymentStatus.COMPLETED;
import static dev.slipway.core.release.DeploymentStatus.ROLLED_BACK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.workflows.deployment.DeploymentControl;
import dev.slipway.workflows.deployment.OrderAnswer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Whoever gives an order learns whether it is obeyed. */
class OrderAnswerTest extends TimeSkippingTest {
    @Test
    void anAcceptedRollbackIsObeyed() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").targets(1).start();
        rig.node.awaitBlocked("web-1");

        OrderAnswer answer = deployment.rollback("broken");

        assertThat(answer).isEqualTo(OrderAnswer.ACCEPTED);
        assertEnd(deployment, ROLLED_BACK, "Rolled back by alice: broken");
    }

    @Test
    void anOrderThatComesTooLateIsRefused() {
        AtomicReference<Rig.Started> started = new AtomicReference<>();
        AtomicReference<OrderAnswer> answer = new AtomicReference<>();
        rig.control.whenTheEndIsTold(
                () -> Thread.startVirtualThread(() -> answer.set(started.get().rollback("too late"))));
        rig.control.delayTheEnd(() -> answer.get() != null);

        Rig.Started deployment = rig.order("v1").targets(1).start(started::set);

        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
        assertThat(answer.get().refusal()).hasToString("Too late: the deployment is completed");
    }

    @Test
    void theFirstOrderCountsAndTheSecondLearnsOfIt() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").targets(1).start();
        rig.node.awaitBlocked("web-1");
        rig.node.ignoreCancellation("web-1");

        assertThat(deployment.cancel("not today")).isEqualTo(OrderAnswer.ACCEPTED);
        OrderAnswer second = deployment.rollback("broken");
        rig.node.release("web-1");

        assertThat(second.refusal())
                .hasToString("The deployment is already being stopped (running): Canceled by alice: not today");
        assertThat(deployment.result().status()).isEqualTo(CANCELED);
    }

    @Test
    void aSignalOfTheSameNameIsAnOrderFromTheTemporalUi() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").targets(1).start();
        rig.node.awaitBlocked("web-1");

        deployment.workflow.signal(DeploymentControl.CANCEL, "");

        assertEnd(deployment, CANCELED, "Canceled by temporal");
    }

    @Test
    void onlyAPausedDeploymentCanBeResumed() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").targets(1).start();
        rig.node.awaitBlocked("web-1");

        OrderAnswer answer = deployment.resume();
        rig.node.release("web-1");

        assertThat(answer.refusal()).hasToString("Cannot resume a deployment that is running");
        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
    }

    @Test
    void everyEventSaysWhoAskedForIt() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").targets(1).start();
        rig.node.awaitBlocked("web-1");
        deployment.pause("lunch");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> rig.control.storyOf(deployment.id).stream()
                        .anyMatch(event -> event.message().toString().equals("Paused by alice: lunch")));
        deployment.resume();
        rig.node.release("web-1");
        deployment.result();

        assertThat(rig.control.storyOf(deployment.id))
                .extracting(TimelineEvent::actor)
                .contains(Rig.ALICE, Actor.OPERATOR);
    }
}
