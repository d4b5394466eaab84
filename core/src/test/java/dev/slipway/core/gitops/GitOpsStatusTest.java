package dev.slipway.core.gitops;

import static dev.slipway.core.gitops.GitOpsStatus.CANCELED;
import static dev.slipway.core.gitops.GitOpsStatus.DEPLOYED;
import static dev.slipway.core.gitops.GitOpsStatus.FAILED;
import static dev.slipway.core.gitops.GitOpsStatus.MONITORING;
import static dev.slipway.core.gitops.GitOpsStatus.PENDING;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHED;
import static dev.slipway.core.gitops.GitOpsStatus.PUSHING;
import static dev.slipway.core.gitops.GitOpsStatus.ROLLED_BACK;
import static dev.slipway.core.gitops.GitOpsStatus.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.deployment.Phase;
import dev.slipway.core.release.DeploymentStatus;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GitOpsStatusTest {
    static Stream<Arguments> edges() {
        return Stream.of(
                Arguments.of(PENDING, Set.of(VALIDATING, FAILED, CANCELED), Phase.QUEUED),
                Arguments.of(VALIDATING, Set.of(PUSHING, FAILED, CANCELED), Phase.RUNNING),
                Arguments.of(PUSHING, Set.of(PUSHED, FAILED, CANCELED), Phase.RUNNING),
                Arguments.of(PUSHED, Set.of(MONITORING, DEPLOYED, FAILED, CANCELED, ROLLED_BACK), Phase.RUNNING),
                Arguments.of(MONITORING, Set.of(DEPLOYED, FAILED, CANCELED, ROLLED_BACK), Phase.RUNNING),
                Arguments.of(DEPLOYED, Set.of(), Phase.SUCCEEDED),
                Arguments.of(FAILED, Set.of(), Phase.FAILED),
                Arguments.of(CANCELED, Set.of(), Phase.CANCELED),
                Arguments.of(ROLLED_BACK, Set.of(), Phase.ROLLED_BACK));
    }

    @ParameterizedTest
    @MethodSource("edges")
    void allowsTheEdgesOfTheTableAndNoOthers(GitOpsStatus from, Set<GitOpsStatus> next, Phase phase) {
        Set<GitOpsStatus> allowed =
                Arrays.stream(GitOpsStatus.values()).filter(from::canBecome).collect(Collectors.toSet());

        assertThat(allowed).isEqualTo(next);
        assertThat(from.isTerminal()).isEqualTo(next.isEmpty());
        assertThat(from.phase()).isEqualTo(phase);
    }

    @Test
    void knowsEveryStatusInTheTable() {
        assertThat(edges().map(edge -> edge.get()[0])).containsExactly((Object[]) GitOpsStatus.values());
    }

    @ParameterizedTest
    @EnumSource(DeploymentStatus.class)
    void neverBecomesAStatusOfAnotherFeature(DeploymentStatus other) {
        assertThat(GitOpsStatus.values()).noneMatch(status -> status.canBecome(other));
    }
}
