package dev.slipway.workflows.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHED;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHING;
import static dev.slipway.core.gitops.GitOpsStatus.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.timeline.Change;
import io.temporal.api.common.v1.WorkflowExecution;
import java.util.List;
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
        WorkflowExecution first = deployment.stub().describe().getExecution();

        assertThat(deployment.result()).isEqualTo(new GitOpsResult(DEPLOYED, "c1", "Everything runs."));
        assertThat(deployment.stub().describe().getExecution().getRunId()).isNotEqualTo(first.getRunId());
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
                event -> event.reason().startsWith("c" + LONG),
                () -> started.get().workflow.cancel("not today"));

        GitOpsRig.Started deployment = rig.order("1.0.0").start(started::set);

        assertThat(deployment.result().status()).isEqualTo(CANCELED);
        List<GitOpsStatus> statuses = deployment.statuses();
        assertThat(statuses.getLast()).isEqualTo(CANCELED);
        assertThat(deployment.lastWord()).isEqualTo(new Change.GitOpsEnded(CANCELED, null));
    }

    @Test
    void goesOnWatchingInANewRunThoughItIsCalledMeanwhile() {
        AtomicReference<GitOpsRig.Started> started = new AtomicReference<>();
        rig.cluster.progresses("a" + LONG).progresses("b" + LONG).progresses("c" + LONG);
        rig.control.when(
                event -> event.reason().startsWith("c" + LONG),
                () -> IntStream.range(0, 50).forEach(_ -> started.get().workflow.look()));

        GitOpsRig.Started deployment = rig.order("1.0.0").start(started::set);
        WorkflowExecution first = deployment.stub().describe().getExecution();

        assertThat(deployment.result()).isEqualTo(new GitOpsResult(DEPLOYED, "c1", "Everything runs."));
        assertThat(deployment.stub().describe().getExecution().getRunId()).isNotEqualTo(first.getRunId());
        assertThat(deployment.statuses()).containsExactly(VALIDATING, PUSHING, PUSHED, MONITORING, DEPLOYED);
    }
}
