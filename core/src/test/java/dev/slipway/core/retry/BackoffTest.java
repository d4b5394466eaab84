package dev.slipway.core.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private final Backoff backoff = Backoff.ofMillis(250, 2_000);

    @Test
    void doublesUpToTheLongest() {
        assertThat(IntStream.rangeClosed(1, 6).mapToObj(backoff::after).map(Duration::toMillis))
                .containsExactly(250L, 500L, 1_000L, 2_000L, 2_000L, 2_000L);
    }

    @Test
    void staysInBoundsForAnyNumberOfFailures() {
        assertThat(backoff.after(0)).isEqualTo(Duration.ofMillis(250));
        assertThat(backoff.after(Integer.MIN_VALUE)).isEqualTo(Duration.ofMillis(250));
        assertThat(backoff.after(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void refusesAPauseThatCannotGrow() {
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.ofMillis(0, 10));
        assertThatIllegalArgumentException().isThrownBy(() -> Backoff.ofMillis(10, 9));
    }
}
