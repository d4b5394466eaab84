package dev.slipway.agent.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.rig.FakeControlPlane;
import dev.slipway.core.secret.Mask;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogShippingTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final FakeControlPlane controlPlane = new FakeControlPlane();
    private final LogShipping shipping = LogShipping.begin(controlPlane.client());
    private final TaskLog log = new TaskLog("d0000001", "web-1", Mask.of(List.of("hunter22")), shipping);

    @AfterEach
    void stop() {
        shipping.close();
        controlPlane.close();
    }

    @Test
    void keepsTheOrderAndHidesSecrets() {
        IntStream.range(0, 1_000).forEach(i -> log.say("line " + i));
        log.output(new OutputLine("stdout", "password=hunter22"));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(controlPlane.lines).hasSize(1_001));
        assertThat(controlPlane.lines.subList(0, 1_000))
                .containsExactlyElementsOf(
                        IntStream.range(0, 1_000).mapToObj(i -> "line " + i).toList());
        assertThat(controlPlane.lines.getLast()).isEqualTo("password=***");
        assertThat(controlPlane.sources.stream().distinct()).hasSize(1);
    }

    @Test
    void hidesASecretThatTheEndOfALineCuts() {
        log.output(new OutputLine("stdout", ".".repeat(3_995) + "hunter22 is it"));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(controlPlane.lines).hasSize(1));
        assertThat(controlPlane.lines.getFirst()).isEqualTo(".".repeat(3_995) + "*** i…");
    }

    @Test
    void capsTheLinesOfATaskWithAMarker() {
        IntStream.range(0, 7_000).forEach(i -> log.say("line " + i));
        new TaskLog("d0000001", "web-2", Mask.NOTHING, shipping).say("of another task");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(controlPlane.lines).contains("of another task"));
        assertThat(controlPlane.lines).hasSize(5_001).anyMatch(line -> line.startsWith("Further lines are dropped"));
    }

    @Test
    void replacesWhatNobodyCouldKeep() {
        log.output(new OutputLine("stdout", "a\0b"));
        log.output(new OutputLine("stdout", "x".repeat(3_999) + "🚀 and more"));

        await().atMost(LIMIT)
                .untilAsserted(() ->
                        assertThat(controlPlane.lines).containsExactly("a\uFFFDb", "x".repeat(3_999) + "\uFFFD…"));
    }

    @Test
    void bridgesAnOutageOfTheApi() {
        controlPlane.answerLogsWith(503);
        log.say("said during the outage");
        controlPlane.answerLogsWith(204);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(controlPlane.lines).contains("said during the outage"));
    }

    @Test
    void goesOnWithTheSameLinesAfterAnUnexpectedFailure() {
        AtomicInteger asked = new AtomicInteger();
        ControlPlane failing = new ControlPlane(() -> {
            if (asked.incrementAndGet() <= 2) {
                throw new IllegalStateException("unexpected");
            }
            return controlPlane.settings();
        });
        try (LogShipping restarted = LogShipping.begin(failing)) {
            new TaskLog("d0000001", "web-1", Mask.NOTHING, restarted).say("before");
            await().atMost(LIMIT).until(() -> asked.get() == 2);
            new TaskLog("d0000001", "web-2", Mask.NOTHING, restarted).say("after");

            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(controlPlane.lines).containsExactly("before", "after"));
        }
    }

    @Test
    void givesUpLinesThatAlwaysFail() {
        log.output(new OutputLine("stdout", "before"));
        new TaskLog("not a path", "web-1", Mask.NOTHING, shipping).say("never");
        log.output(new OutputLine("stdout", "after"));

        await().atMost(LIMIT).untilAsserted(() -> assertThat(controlPlane.lines).containsExactly("before", "after"));
    }

    @Test
    void sendsWhatWaitsBeforeTheAgentEnds() {
        log.say("last words");

        shipping.close();

        assertThat(controlPlane.lines).contains("last words");
    }

    @Test
    void neverDelaysWhoeverWrites() {
        controlPlane.close();
        long begin = System.nanoTime();

        IntStream.range(0, 50_000)
                .forEach(i -> new TaskLog("d0000001", "web-" + i, Mask.NOTHING, shipping).say("line"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT);
    }
}
