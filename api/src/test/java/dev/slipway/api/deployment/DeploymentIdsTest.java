package dev.slipway.api.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeploymentIdsTest {
    @Test
    void writesTimeAndChanceInCrockfordsAlphabet() {
        assertThat(DeploymentIds.of(0, 0).value()).isEqualTo("0000000000000000");
        assertThat(DeploymentIds.of((1L << 48) - 1, -1).value()).isEqualTo("zzzzzzzzzzzzzzzz");
        assertThat(DeploymentIds.of(0, 1).value()).isEqualTo("0000000000000001");
        assertThat(DeploymentIds.of(1, 0).value()).isEqualTo("0000000004000000");
    }

    @Test
    void sortsByTimeWhateverTheChance() {
        List<String> ids = LongStream.of(1, 255, 256, 65_536, 1_763_000_000_000L, 1_763_000_000_001L)
                .mapToObj(millis ->
                        DeploymentIds.of(millis, (int) (millis * 0x9E3779B9L)).value())
                .toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
    }
}
