package dev.slipway.core.release;

import static dev.slipway.core.release.DeploymentStatus.CANCELED;
import static dev.slipway.core.release.DeploymentStatus.COMPLETED;
import static dev.slipway.core.release.DeploymentStatus.COMPLETING;
import static dev.slipway.core.release.DeploymentStatus.FAILED;
import static dev.slipway.core.release.DeploymentStatus.PENDING;
import static dev.slipway.core.release.DeploymentStatus.PREPARING;
import static dev.slipway.core.release.DeploymentStatus.ROLLED_BACK;
import static dev.slipway.core.release.DeploymentStatus.ROLLING_BACK;
import static dev.slipway.core.release.DeploymentStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusTablesTest {
    /** The diagram of docs/reference/states.md, line by line. */
    static Stream<Arguments> deploymentEdges() {
        return Stream.of(
                Arguments.of(PENDING, Set.of(PREPARING, FAILED, CANCELED)),
                Arguments.of(PREPARING, Set.of(RUNNING, FAILED, CANCELED)),
                Arguments.of(RUNNING, Set.of(COMPLETING, FAILED, ROLLING_BACK, CANCELED)),
                Arguments.of(COMPLETING, Set.of(COMPLETED, FAILED, ROLLING_BACK, CANCELED)),
                Arguments.of(COMPLETED, Set.of()),
                Arguments.of(FAILED, Set.of(RUNNING, ROLLING_BACK, CANCELED)),
                Arguments.of(ROLLING_BACK, Set.of(ROLLED_BACK, FAILED, CANCELED)),
                Arguments.of(ROLLED_BACK, Set.of()),
                Arguments.of(CANCELED, Set.of()));
    }

    @ParameterizedTest
    @MethodSource("deploymentEdges")
    void allowsTheEdgesOfTheDiagramAndNoOthers(DeploymentStatus from, Set<DeploymentStatus> next) {
        Set<DeploymentStatus> allowed =
                Arrays.stream(DeploymentStatus.values()).filter(from::canBecome).collect(Collectors.toSet());

        assertThat(allowed).isEqualTo(next);
        assertThat(from.isTerminal()).isEqualTo(next.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void reachesEveryTaskStatusFromPending(TaskStatus status) {
        assertThat(reachable(TaskStatus.PENDING, Set.of())).contains(status);
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void neverStartsATaskTwice(TaskStatus status) {
        assertThat(status.canBecome(TaskStatus.PENDING)).isFalse();
        assertThat(status.canBecome(status)).isFalse();
    }

    private static Set<TaskStatus> reachable(TaskStatus from, Set<TaskStatus> seen) {
        Set<TaskStatus> all = new HashSet<>(seen);
        if (all.add(from)) {
            for (TaskStatus next : TaskStatus.values()) {
                if (from.canBecome(next) && !all.contains(next)) {
                    all.addAll(reachable(next, all));
                }
            }
        }
        return all;
    }
}
