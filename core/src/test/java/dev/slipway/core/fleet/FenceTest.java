package dev.slipway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FenceTest {
    @Test
    void readsWhatItWrites() {
        Fence fence = new Fence(Long.MAX_VALUE, 12);

        assertThat(Fence.parse(fence.toString())).isEqualTo(fence);
    }

    @Test
    void goesByTheEpochAndThenByTheStep() {
        assertThat(new Fence(2, 1)).isGreaterThan(new Fence(1, 9)).isLessThan(new Fence(2, 2));
    }
}
