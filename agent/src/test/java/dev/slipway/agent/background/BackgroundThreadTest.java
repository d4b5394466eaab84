package dev.slipway.agent.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.retry.Backoff;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BackgroundThreadTest {
    private static final Backoff SHORT = Backoff.ofMillis(1, 4);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream logged = new ByteArrayOutputStream();

    @BeforeEach
    void catchTheLog() {
        System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveTheLogBack() {
        System.setErr(stderr);
    }

    @Test
    void startsWorkAgainThatFailed() throws Exception {
        AtomicInteger runs = new AtomicInteger();

        BackgroundThread thread = BackgroundThread.start(
                "counting",
                () -> {
                    if (runs.incrementAndGet() < 5) {
                        throw new IllegalStateException("no luck");
                    }
                },
                SHORT);

        assertThat(thread.join(LIMIT)).isTrue();
        assertThat(runs).hasValue(5);
    }

    @Test
    void logsTheTypeOfEachFailureAndThePauseAfterIt() throws Exception {
        AtomicInteger runs = new AtomicInteger();

        BackgroundThread thread = BackgroundThread.start(
                "shipping",
                () -> {
                    switch (runs.incrementAndGet()) {
                        case 1 -> throw new IllegalStateException("no luck");
                        case 2 -> throw new SlipwayException(FailureType.DISK_FULL, "full");
                        case 3 -> throw new StackOverflowError();
                        default -> {}
                    }
                },
                SHORT);

        assertThat(thread.join(LIMIT)).isTrue();
        assertThat(logged.toString(StandardCharsets.UTF_8))
                .contains("Thread \"shipping\" failed with Internal (1 in a row); restarting it in 1 ms.")
                .contains("no luck")
                .contains("Thread \"shipping\" failed with DiskFull (2 in a row); restarting it in 2 ms.")
                .contains("Thread \"shipping\" failed with Internal (3 in a row); restarting it in 4 ms.")
                .contains("StackOverflowError");
    }

    @Test
    void endsWhenItIsClosedWhateverItDoes() throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        BackgroundThread working = BackgroundThread.start("working", () -> new CountDownLatch(1).await());
        BackgroundThread pausing = BackgroundThread.start(
                "pausing",
                () -> {
                    waits.countDown();
                    throw new IllegalStateException("no luck");
                },
                new Backoff(Duration.ofDays(1), Duration.ofDays(1)));
        waits.await();

        working.close();
        pausing.close();

        await().atMost(LIMIT).until(() -> working.join(Duration.ofMillis(1)) && pausing.join(Duration.ofMillis(1)));
    }
}
