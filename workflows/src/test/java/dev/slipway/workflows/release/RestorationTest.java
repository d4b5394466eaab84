package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.core.failure.FailureType;
import dev.slipway.workflows.deployment.DeploymentControl;
import dev.slipway.workflows.deployment.OrderAnswer;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A restoration ends in bounded time, whatever is away. */
class RestorationTest extends TimeSkippingTest {
    private static final int TARGETS = 60;

    @Test
    void asksANodeOnceWhoseAgentIsAway() throws InterruptedException {
        Rig.Started deployment = failAfterTheOtherAgentStopped();

        ApplicationFailure failure = failureOf(deployment);

        assertThat(failure.getType()).isEqualTo(FailureType.TARGETS_HELD.wireName());
        assertThat(failure.getOriginalMessage())
                .containsPattern("Rollback failed on \\d+ targets: web-")
                .contains(
                        "No agent on node n3", "the agent on node n3 is unavailable", " more. Fix them, then redeploy");
        // Six batches, each of which would wait for a minute.
        assertThat(deployment.lasted()).isLessThan(Duration.ofMinutes(4));
    }

    @Test
    void isNotAbandonedBeforeItHasBegun() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").start();
        rig.node.awaitBlocked("web-1");

        OrderAnswer answer = deployment.order(DeploymentControl.ABANDON, null);
        rig.node.release("web-1");

        assertThat(answer.refusal()).hasToString("Cannot abandon a deployment that is running");
        deployment.result();
    }

    /** The first target is on "n1" and fails once all others, on "n3", were touched. */
    private Rig.Started failAfterTheOtherAgentStopped() throws InterruptedException {
        rig.node.block("web-1");
        rig.node.unhealthyVersions.add("web-1 v1");
        Rig.Order order = rig.order("v1").targets(1);
        for (int i = 0; i < TARGETS; i++) {
            order.alsoOn("n3");
        }
        Rig.Started deployment = order.start();
        rig.node.awaitBlocked("web-1");
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> rig.otherNode.verified.size() == TARGETS);
        rig.stopOtherAgent();
        rig.node.release("web-1");
        return deployment;
    }

    private static ApplicationFailure failureOf(Rig.Started deployment) {
        return (ApplicationFailure)
                Objects.requireNonNull(catchThrowable(deployment::result).getCause());
    }
}
