package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.util.Timestamps;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.Reconciler;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of the word that there may be something to see. */
class GitOpsLookTest extends GitOpsTest {
    // By then, whoever is not answered waits for half a minute.
    private static final int UNANSWERED = 6;

    @Test
    void asksAClusterThatWasAwayAtOnce() {
        GitOpsRig.Started deployment = away();
        long told = temporal.currentTimeMillis();
        rig.cluster.answers();

        deployment.workflow.look();

        assertThat(deployment.result()).isEqualTo(deployed("c1"));
        assertThat(tookSince(told, deployment)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void waitsForTheNextTryWhereNobodyCalls() {
        GitOpsRig.Started deployment = away();
        long told = temporal.currentTimeMillis();
        rig.cluster.answers();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(tookSince(told, deployment)).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void takesAFloodForOneCall() {
        GitOpsRig.Started deployment = away();
        long begun = temporal.currentTimeMillis();

        IntStream.range(0, 200).forEach(_ -> deployment.workflow.look());
        rig.cluster.answers();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        long seconds = tookSince(begun, deployment).toSeconds();
        assertThat(scheduledLooks(deployment)).isLessThanOrEqualTo(3 + seconds / 5);
    }

    @Test
    void looksAnewWhereItIsAboutToSeeSomething() {
        Gate first = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        first.awaitReached();

        deployment.workflow.look();

        assertThat(deployment.result()).isEqualTo(deployed("c1"));
        assertThat(rig.cluster.looks()).hasSize(2);
        assertThat(rig.cluster.looks().getFirst()).isEqualTo(rig.cluster.looks().getLast());
    }

    @Test
    void leavesALookMoreTimeWhereOneWasGivenUp() {
        Gate first = rig.cluster.holds();
        Gate second = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        first.awaitReached();
        deployment.workflow.look();
        second.awaitReached();

        deployment.workflow.look();
        temporal.sleep(Duration.ofSeconds(7));
        second.open();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(scheduledLooks(deployment)).isEqualTo(2);
    }

    @Test
    void hearsNothingBeforeItWatches() {
        Gate push = rig.git.holdNext();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        push.awaitReached();
        deployment.workflow.look();
        deployment.workflow.look();
        push.open();

        assertThat(deployment.result()).isEqualTo(deployed("c1"));
        assertThat(scheduledLooks(deployment)).isEqualTo(1);
    }

    @Test
    void hearsNothingWhereNobodyWatchesOrItHasEnded() {
        GitOpsRig.Started deployment =
                rig.order("1.0.0").reconciler(Reconciler.NONE).start();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThatThrownBy(deployment.workflow::look).isInstanceOf(WorkflowNotFoundException.class);
        assertThat(rig.cluster.looks()).isEmpty();
    }

    @Test
    void endsAlikeHoweverOftenItIsTold() {
        for (int calls : new int[] {0, 1, 5}) {
            rig.cluster
                    .progresses("0 of 2 pods")
                    .fails(FailureType.CLUSTER_UNAVAILABLE)
                    .progresses("1 of 2 pods");
            GitOpsRig.Started deployment =
                    rig.order("1.0." + calls).path("charts/app-" + calls).start();
            IntStream.range(0, calls).forEach(_ -> callIfItRuns(deployment));

            assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
            assertThat(deployment.statuses()).endsWith(MONITORING, DEPLOYED);
        }
    }

    @Test
    void stopsWhileItWaitsToLookAgain() {
        GitOpsRig.Started deployment = away();
        deployment.workflow.look();
        deployment.workflow.look();
        deployment.cancel("not today");

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
    }

    /** A deployment whose cluster has not answered for so long that it is asked rarely. */
    private GitOpsRig.Started away() {
        rig.cluster.alwaysFails(FailureType.CLUSTER_UNAVAILABLE);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        deployment.awaitStatus(MONITORING);
        temporal.sleep(Duration.ofSeconds(33));
        await().atMost(Duration.ofSeconds(60)).until(() -> rig.cluster.looks().size() >= UNANSWERED);
        return deployment;
    }

    private static void callIfItRuns(GitOpsRig.Started deployment) {
        try {
            deployment.workflow.look();
        } catch (WorkflowNotFoundException e) {
            // It was quicker.
        }
    }

    /** By the history: the time of the server goes on once the deployment has ended. */
    private Duration tookSince(long millis, GitOpsRig.Started deployment) {
        return Duration.ofMillis(
                Timestamps.toMillis(deployment.history().getLast().getEventTime()) - millis);
    }

    private long scheduledLooks(GitOpsRig.Started deployment) {
        return deployment.history().stream()
                .filter(event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
                .filter(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals("observeReconciliation"))
                .count();
    }
}
