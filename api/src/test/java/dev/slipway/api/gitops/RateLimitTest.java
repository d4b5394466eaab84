package dev.slipway.api.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong now = new AtomicLong();
    private final RateLimit limit = new RateLimit(3, Duration.ofSeconds(60), now::get);

    @Test
    void takesABurstAndThenOneAfterTheOther() {
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(20));

        now.addAndGet(Duration.ofSeconds(15).toNanos());
        assertThat(limit.take("a")).isEqualTo(Duration.ofSeconds(5));
        now.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void savesNoMoreThanABurst() {
        limit.take("a");
        now.addAndGet(Duration.ofDays(1).toNanos());

        for (int i = 0; i < 3; i++) {
            assertThat(limit.take("a")).isZero();
        }
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void limitsEachClientByItself() {
        for (int i = 0; i < 4; i++) {
            limit.take("a");
        }

        assertThat(limit.take("b")).isZero();
    }

    @Test
    void remembersNoMoreThanTenThousandClients() {
        for (int i = 0; i < 20_000; i++) {
            limit.take("client " + i);
        }

        assertThat(limit.clients()).isEqualTo(10_000);
    }
}
