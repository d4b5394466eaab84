package dev.slipway.workflows.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.history.v1.History;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistorySizeTest extends TimeSkippingTest {
    // Temporal terminates a workflow whose history has 50 MB, and warns at 10 MB.
    private static final int LIMIT = 5 << 20;
    private static final int TARGETS = 300;

    @Test
    void staysSmallWhateverTheTargetsDeclare() {
        Map<String, String> variables = IntStream.range(0, 15)
                .boxed()
                .collect(Collectors.toMap(i -> "LARGE_" + i, i -> "declared" + "x".repeat(4_000)));

        Rig.Started deployment =
                rig.order("v1").targets(TARGETS).variables(variables).start();
        DeploymentResult result = deployment.result();

        assertThat(result.status()).isEqualTo(DeploymentStatus.COMPLETED);
        List<History> runs = histories(deployment);
        long steps = runs.stream()
                .flatMap(run -> run.getEventsList().stream())
                .filter(event -> event.hasActivityTaskScheduledEventAttributes())
                .count();
        assertThat(steps).isGreaterThanOrEqualTo(3 * TARGETS);
        assertThat(runs).allSatisfy(run -> {
            assertThat(run.getSerializedSize()).isLessThan(LIMIT);
            assertThat(new String(run.toByteArray(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("declared");
        });
    }

    private List<History> histories(Rig.Started deployment) {
        List<History> runs = new ArrayList<>();
        @Nullable String run = null;
        do {
            History history = rig.client
                    .fetchHistory(WorkflowIds.ofDeployment(deployment.id), run)
                    .getHistory();
            runs.add(history);
            run = history.getEvents(0)
                    .getWorkflowExecutionStartedEventAttributes()
                    .getContinuedExecutionRunId();
        } while (!run.isEmpty());
        return runs;
    }
}
