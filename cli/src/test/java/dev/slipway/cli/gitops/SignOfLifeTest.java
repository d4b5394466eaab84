package dev.slipway.cli.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.terminal.ScreenSize;
import dev.slipway.cli.terminal.Streams;
import dev.slipway.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SignOfLifeTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    private final Terminal terminal = new Terminal(
            new Streams(InputStream.nullInputStream(), stream, stream, false, false, () -> new ScreenSize(80, 24)),
            Map.of(),
            true,
            false);

    @Test
    void saysAgainAndAgainThatNothingHasComeYet() {
        try (SignOfLife _ = SignOfLife.of(terminal, "still waiting", Duration.ofMillis(5))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> said().startsWith("still waiting\nstill waiting\n"));
        }
    }

    @Test
    void saysNothingBeforeHalfAMinuteIsOver() {
        assertThat(SignOfLife.USUAL).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(29));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
