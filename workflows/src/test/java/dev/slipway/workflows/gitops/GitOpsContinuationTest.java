package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHED;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHING;
import static dev.slipway.core.gitops.GitOpsStatus.ROLLED_BACK;
import static dev.slipway.core.gitops.GitOpsStatus.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.deployment.OrderAnswer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Histories are kept short: the server suggests to continue as new once one has four megabytes. */
class GitOpsContinuationTest extends GitOpsTest {
    private static final String LONG = "x".repeat(700_000);

    @Test
    void goesOnWatchingInANewRun() {
        rig.cluster.progresses("a" + LONG).progresses("b" + LONG).progresses("c" + LONG);
        GitOpsRig.Started deployment = rig.order("1.0.0").start();
        String first = deployment.run();

        assertThat(deployment.result()).isEqualTo(deployed("c1"));
        assertThat(deployment.run()).isNotEqualTo(first);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, DEPLOYED);
        assertThat(rig.cluster.looks().getLast().seen()).startsWith("c");
        assertThat(rig.cluster.looks().stream().map(look -> look.watched().pushedAt()))
                .containsOnly(rig.cluster.looks().getFirst().watched().pushedAt());
        assertThat(rig.git.log()).containsExactly("dep0001");
    }

    @Test
    void losesNoCancelThatArrivesAsItContinuesAsNew() {
        AtomicReference<GitOpsRig.Started> started = new AtomicReference<>();
        rig.cluster.progresses("a" + LONG).progresses("b" + LONG).progresses("c" + LONG);
        rig.control.when(
                event -> event.message().toString().startsWith("c" + LONG),
                () -> started.get().stub().signal("cancel", "not today"));

        GitOpsRig.Started deployment = rig.order("1.0.0").start(started::set);

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        assertThat(deployment.statuses().getLast()).isEqualTo(CANCELED);
        assertThat(deployment.lastWord()).isEqualTo(new Change.Ended("canceled", null));
    }

    @Test
    void obeysARollbackThatArrivesAsItContinuesAsNew() {
        AtomicReference<GitOpsRig.Started> started = new AtomicReference<>();
        rig.cluster.progresses("a" + LONG).progresses("b" + LONG).progresses("c" + LONG);
        CompletableFuture<OrderAnswer> answer = new CompletableFuture<>();
        rig.control.when(
                event -> event.message().toString().startsWith("c" + LONG),
                () -> answer.completeAsync(() -> started.get().rollBack("not today")));
        Gate gate = rig.cluster.holds();

        GitOpsRig.Started deployment = rig.order("1.0.0").start(started::set);

        assertThat(answer.join()).isEqualTo(OrderAnswer.ACCEPTED);
        gate.open();
        assertThat(deployment.result().status()).isEqualTo(ROLLED_BACK);
        assertThat(deployment.lastWords()).isEqualTo("Rolled back by operator: not today. Reverted by commit c2");
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001");
    }

    @Test
    void isRolledBackAndSupersededInANewRunAsInTheFirst() {
        GitOpsRig.Started first = continued("1.0.0");
        assertThat(first.rollBack("not today")).isEqualTo(OrderAnswer.ACCEPTED);
        assertThat(first.result().status()).isEqualTo(ROLLED_BACK);

        GitOpsRig.Started second = continued("2.0.0");
        GitOpsRig.Started third = rig.order("3.0.0").start();

        assertThat(third.result().status()).isEqualTo(DEPLOYED);
        assertThat(second.result().status()).isEqualTo(CANCELED);
        assertThat(second.lastWords()).isEqualTo("Superseded by deployment dep0003");
        assertThat(rig.git.log()).containsExactly("dep0001", "revert dep0001", "dep0002", "dep0003");
    }

    /** A deployment that is monitored in its second run. */
    private GitOpsRig.Started continued(String version) {
        rig.cluster.progresses("a" + LONG).progresses("b" + LONG).progresses("c" + LONG);
        Gate gate = rig.cluster.holds();
        GitOpsRig.Started deployment = rig.order(version).start();
        String run = deployment.run();
        gate.awaitReached();
        assertThat(deployment.run()).isNotEqualTo(run);
        return deployment;
    }

    @Test
    void goesOnWatchingInANewRunThoughItIsCalledMeanwhile() {
        AtomicReference<GitOpsRig.Started> started = new AtomicReference<>();
        rig.cluster.progresses("a" + LONG).progresses("b" + LONG).progresses("c" + LONG);
        rig.control.when(
                event -> event.message().toString().startsWith("c" + LONG),
                () -> IntStream.range(0, 50).forEach(_ -> started.get().workflow.look()));

        GitOpsRig.Started deployment = rig.order("1.0.0").start(started::set);
        String first = deployment.run();

        assertThat(deployment.result()).isEqualTo(deployed("c1"));
        assertThat(deployment.run()).isNotEqualTo(first);
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, DEPLOYED);
    }
}
