package dev.slipway.agent.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.secret.Mask;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandOutputTest {
    private static final String SECRET = "hunter22-hunter23";
    private static final int MOST = 16 << 10;

    private final CommandOutput output = new CommandOutput(Mask.of(List.of(SECRET)));

    @Test
    void saysTheLastLine() {
        print("first\nlast\n\n");
        output.end();

        assertThat(output.said()).isEqualTo(", output \"last\"");
    }

    @Test
    void hidesASecretThatComesInTwoPieces() {
        print("is " + SECRET.substring(0, 8));
        print(SECRET.substring(8) + " still");
        output.end();

        assertThat(output.said()).isEqualTo(", output \"is *** still\"");
    }

    @Test
    void hidesTheHalfOfASecretThatHasComeUntilNow() {
        print("is " + SECRET.substring(0, 8));

        assertThat(output.said()).isEqualTo(", output \"is ***" + Mask.CUT + "\"");
    }

    @Test
    void leavesAMessageAloneThatIsWhole() {
        print("wait, h");
        output.end();

        assertThat(output.said()).isEqualTo(", output \"wait, h\"");
    }

    @Test
    void hidesASecretWhereverTheEndOfWhatIsKeptCutsIt() {
        for (int kept = 1; kept < SECRET.length(); kept++) {
            CommandOutput full = new CommandOutput(Mask.of(List.of(SECRET)));
            byte[] bytes = (".".repeat(MOST - kept - 3) + "\nis" + SECRET + " it is").getBytes(StandardCharsets.UTF_8);
            full.add(bytes, bytes.length);
            full.end();

            assertThat(full.said()).isEqualTo(", output \"is***" + Mask.CUT + "\"");
        }
    }

    private void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        output.add(bytes, bytes.length);
    }
}
