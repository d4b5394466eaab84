package dev.slipway.workflows.release;

import static dev.slipway.core.release.DeploymentStatus.CANCELED;
import static dev.slipway.core.release.DeploymentStatus.COMPLETED;
import static dev.slipway.core.release.DeploymentStatus.FAILED;
import static dev.slipway.core.release.DeploymentStatus.PREPARING;
import static dev.slipway.core.release.DeploymentStatus.ROLLED_BACK;
import static dev.slipway.core.release.DeploymentStatus.ROLLING_BACK;
import static dev.slipway.core.release.DeploymentStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.core.failure.FailureType;
import dev.slipway.workflows.deployment.Admission;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every wait has an end, with a name and a reason. */
class DeploymentLimitsTest extends TimeSkippingTest {
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    @Test
    void failsWhereANodeHasNoAgent() {
        Rig.Started deployment = rig.order("v1").targets(0).alsoOn("n2").start();
        deployment.awaitStep();

        ApplicationFailure failure = failureOf(endAfter(TargetSteps.FIRST_CONTACT, deployment));

        assertThat(failure.getType()).isEqualTo(FailureType.NO_AGENT_AVAILABLE.wireName());
        assertThat(failure.getOriginalMessage()).contains("slipway agent --node n2");
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, FAILED);
        assertThat(deployment.failures()).containsExactly(FailureType.NO_AGENT_AVAILABLE);
    }

    @Test
    void retriesAStepWhoseAgentWasLost() throws InterruptedException {
        rig.node.silenceNext("web-1");
        Rig.Started deployment = rig.order("v1").targets(1).start();
        rig.node.awaitBlocked("web-1");

        assertThat(endAfter(HEARTBEAT, deployment)).isNull();

        assertThat(deployment.failures()).containsExactly(FailureType.AGENT_LOST);
        assertThat(deployment.result().status()).isEqualTo(COMPLETED);
        assertThat(rig.node.ledger).containsExactly("web-1 v1");
    }

    @Test
    void goesBackWhereAStepTakesLongerThanItsTargetAllows() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment =
                rig.order("v1").targets(1).timeout(Duration.ofSeconds(1)).start();
        rig.node.awaitBlocked("web-1");

        DeploymentResult result = deployment.result();

        assertThat(result.status()).isEqualTo(ROLLED_BACK);
        assertThat(result.message().toString()).startsWith("The step for web-1 on node n1 timed out");
        assertThat(deployment.failures()).containsExactly(FailureType.STEP_TIMED_OUT);
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, ROLLING_BACK, ROLLED_BACK);
    }

    @Test
    void givesUpWhenTheLockIsNotGrantedForAWeek() {
        rig.control.turnDeaf();
        Rig.Started deployment = rig.order("v1").start();

        ApplicationFailure failure = failureOf(catchThrowable(deployment::result));

        assertThat(failure.getType()).isEqualTo(FailureType.WAITED_TOO_LONG.wireName());
        assertThat(failure.getOriginalMessage())
                .startsWith("Timed out after 7 days waiting for the lock of environment staging");
        assertThat(deployment.statuses()).containsExactly(FAILED);
        assertThat(deployment.lasted()).isBetween(Admission.QUEUE_LIMIT, Admission.QUEUE_LIMIT.plusHours(1));
        assertThat(rig.node.ledger).isEmpty();
    }

    @Test
    void leavesItsTargetsAsTheyAreWhenNoDecisionIsMadeForAWeek() {
        rig.node.unhealthyVersions.add("web-1 v1");
        Rig.Started deployment = rig.order("v1").targets(1).stopOnFailure().start();

        ApplicationFailure failure = failureOf(catchThrowable(deployment::result));

        assertThat(failure.getType()).isEqualTo(FailureType.UNHEALTHY.wireName());
        assertThat(deployment.statuses()).containsExactly(PREPARING, RUNNING, FAILED);
        assertThat(deployment.lastReason()).startsWith("No action within 7 days");
        assertThat(deployment.lasted()).isGreaterThanOrEqualTo(Rollout.HOLD_LIMIT);
        assertThat(rig.node.runs).containsOnlyKeys("web-1");
    }

    @Test
    void endsWhenAPauseIsForgotten() throws InterruptedException {
        rig.node.block("web-1");
        Rig.Started deployment = rig.order("v1").rolling("1").start();
        rig.node.awaitBlocked("web-1");

        deployment.pause("lunch");
        rig.node.release("web-1");

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(rig.node.runs).isEmpty();
    }

    /**
     * Lets a limit pass that bounds a step, and answers how the deployment failed. While a step is open the server holds
     * the time twice, for itself and for the step: who waits for a result lets go of the one, who sleeps of the other.
     */
    private @Nullable Throwable endAfter(Duration limit, Rig.Started deployment) {
        // Not on the common pool, which the SDK needs for itself.
        CompletableFuture<Throwable> end =
                CompletableFuture.supplyAsync(() -> catchThrowable(deployment::result), Thread::startVirtualThread);
        // A sleep has to end before the step does: the server counts who holds the time.
        temporal.sleep(limit.minusSeconds(1));
        return end.join();
    }

    private static ApplicationFailure failureOf(@Nullable Throwable thrown) {
        assertThat(thrown).isInstanceOf(WorkflowFailedException.class);
        return (ApplicationFailure)
                Objects.requireNonNull(Objects.requireNonNull(thrown).getCause());
    }
}
