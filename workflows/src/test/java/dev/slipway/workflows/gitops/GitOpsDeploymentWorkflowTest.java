package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static dev.slipway.core.gitops.GitOpsStatus.FAILED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHED;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHING;
import static dev.slipway.core.gitops.GitOpsStatus.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.timeline.Change;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GitOpsDeploymentWorkflowTest extends GitOpsTest {
    @Test
    void pushesTheChartAndWatchesUntilItRuns() {
        GitOpsRig.Started deployment = rig.order("1.0.0").start();

        assertThat(deployment.result()).isEqualTo(deployed("c1"));
        assertThat(rig.git.log()).containsExactly("dep0001");
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, DEPLOYED);
        assertThat(deployment.lastWord()).isEqualTo(new Change.Ended("deployed", null));
        assertThat(rig.cluster.looks().getFirst().watched().commit()).isEqualTo("c1");
    }

    @Test
    void saysInTheCommitWhereItComesFrom() {
        rig.order("1.0.0").run();

        ChartChange.Replace change =
                (ChartChange.Replace) rig.git.pushes().getFirst().changes().getFirst();
        assertThat(change.subject()).isEqualTo("Deploy shop 1.0.0 to shop/staging");
        assertThat(change.values()).isEqualTo(Map.of("image.tag", "1.0.0"));
        assertThat(change.trailers())
                .containsExactly(
                        Map.entry("Slipway-Environment", "shop/staging"),
                        Map.entry("Slipway-Job", "https://git.example.com/jobs/17"),
                        Map.entry("Slipway-Source", "abc"),
                        Map.entry("Slipway-Actor", "ann"));
    }

    @Test
    void watchesTheCommitThatIsThereWhereNothingIsToBeChanged() {
        rig.order("1.0.0").run();

        GitOpsRig.Started again = rig.order("1.0.0").start();

        assertThat(again.result()).isEqualTo(deployed("c1"));
        assertThat(again.reasons()).contains("No change: commit c1 already contains it");
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void failsWithTheReasonOfAChangeThatIsRefused() {
        GitOpsRig.Started deployment = rig.order("1.0.0").start(known -> rig.git.refuse(known.id));

        ApplicationFailure failure = failureOf(deployment);

        assertThat(failure.getType()).isEqualTo(FailureType.INVALID_CHART.wireName());
        assertThat(failure.getOriginalMessage()).isEqualTo("It has no Chart.yaml");
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, FAILED);
        assertThat(rig.cluster.looks()).isEmpty();
    }

    @Test
    void endsWithTheCommitWhereNobodyWatches() {
        GitOpsRig.Started deployment =
                rig.order("1.0.0").reconciler(Reconciler.NONE).start();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, DEPLOYED);
        assertThat(rig.cluster.looks()).isEmpty();
    }

    @Test
    void tellsWhatIsStillMissingOnceEach() {
        rig.cluster.progresses("0 of 2 pods").progresses("1 of 2 pods").progresses("1 of 2 pods");

        GitOpsRig.Started deployment = rig.order("1.0.0").start();

        assertThat(deployment.result().status()).isEqualTo(DEPLOYED);
        assertThat(deployment.reasons()).containsOnlyOnce("0 of 2 pods", "1 of 2 pods");
        assertThat(rig.cluster.looks().stream().map(ReconciliationActivities.Observe::seen))
                .containsExactly(null, "0 of 2 pods", "1 of 2 pods", "1 of 2 pods");
    }

    @Test
    void failsWithTheReasonThatTheClusterGivesAndLeavesTheCommit() {
        rig.cluster.breaks();
        GitOpsRig.Started deployment = rig.order("1.0.0").start();

        ApplicationFailure failure = failureOf(deployment);

        assertThat(failure.getType()).isEqualTo(FailureType.RECONCILIATION_FAILED.wireName());
        assertThat(failure.getOriginalMessage()).isEqualTo("The pod crashes");
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, FAILED);
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void revertsWhatIsBrokenWhereThatIsWanted() {
        rig.cluster.breaks();
        GitOpsRig.Started deployment = rig.order("1.0.0").revertOnFailure().start();

        assertThat(failureOf(deployment).getOriginalMessage()).isEqualTo("The pod crashes. Reverted by commit c2");
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001");
        assertThat(deployment.reasons()).contains("Reverting commit c1");
    }

    @Test
    void revertsNothingThatSomebodyHasChangedSince() {
        rig.cluster.breaksAfter(() -> rig.git.somebodyChanges("charts/shop"));
        GitOpsRig.Started deployment = rig.order("1.0.0").revertOnFailure().start();

        assertThat(failureOf(deployment).getOriginalMessage())
                .endsWith("Nothing was reverted: the folder has changed since");
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void revertsNoCommitOfAnotherDeployment() {
        rig.order("1.0.0").run();
        rig.cluster.breaks();
        GitOpsRig.Started again = rig.order("1.0.0").revertOnFailure().start();

        assertThat(failureOf(again).getOriginalMessage()).endsWith("commit c1 was not made by this deployment");
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void saysThatTheCommitStandsWhereItCouldNotBeReverted() {
        GitOpsRig.Started deployment = rig.order("1.0.0")
                .revertOnFailure()
                .start(known -> rig.cluster.breaksAfter(() -> rig.git.refuse(known.id)));

        assertThat(failureOf(deployment).getOriginalMessage())
                .isEqualTo(
                        "The pod crashes. Commit c1 stays in the IaC repository, because it could not be reverted: It has no Chart.yaml");
    }

    @Test
    void looksAgainWhereTheClusterCannotBeReachedForAWhile() {
        rig.cluster.fails(FailureType.CLUSTER_UNAVAILABLE).fails(FailureType.CLUSTER_UNAVAILABLE);

        assertThat(rig.order("1.0.0").run().status()).isEqualTo(DEPLOYED);
        assertThat(rig.cluster.looks()).hasSize(3);
    }

    @Test
    void failsAtOnceWhereTheClusterCannotBeWatched() {
        rig.cluster.progresses("0 of 2 pods").fails(FailureType.CLUSTER_REFUSED);

        assertThat(failureOf(rig.order("1.0.0").start()).getType()).isEqualTo(FailureType.CLUSTER_REFUSED.wireName());
        assertThat(rig.cluster.looks()).hasSize(2);
    }

    @Test
    void failsAsUnreachableWhereTheClusterNeverWasReached() {
        rig.cluster.alwaysFails(FailureType.CLUSTER_UNAVAILABLE);

        assertThat(failureOf(rig.order("1.0.0").start()).getType())
                .isEqualTo(FailureType.CLUSTER_UNAVAILABLE.wireName());
    }

    @Test
    void saysWhatItSawLastWhenItsTimeIsUp() {
        rig.cluster.progresses("1 of 2 pods").alwaysFails(FailureType.CLUSTER_UNAVAILABLE);

        ApplicationFailure failure = failureOf(rig.order("1.0.0").start());

        assertThat(failure.getType()).isEqualTo(FailureType.RECONCILIATION_TIMED_OUT.wireName());
        assertThat(failure.getOriginalMessage())
                .isEqualTo("Timed out after 10m waiting for commit c1 to be reconciled. Last status: 1 of 2 pods."
                        + " It says ClusterUnavailable");
    }

    @Test
    void looksForAHelmReleaseSinceTheTryThatPushedIt() {
        rig.order("1.0.0").reconciler(Reconciler.HELM).run();
        rig.order("1.0.0").reconciler(Reconciler.HELM).run();

        assertThat(rig.cluster.looks().getFirst().watched().pushedAt()).isAfter(Instant.EPOCH);
        assertThat(rig.cluster.looks().getLast().watched().pushedAt()).isEqualTo(Instant.EPOCH);
    }
}
