package dev.slipway.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AgentOptionsTest {
    private static final String SEE = "see slipway-agent --help";

    private final StringWriter errors = new StringWriter();

    @Test
    void tellsAMisspeltOptionAsTheCommandLineDoes() {
        assertThat(run("--node", "web-1", "--quite")).isEqualTo(2);

        assertThat(lines()).containsExactly("error: Unknown option: '--quite'", "hint: did you mean --quiet? " + SEE);
    }

    @Test
    void saysThatItNeedsAName() {
        assertThat(run("--no-color")).isEqualTo(2);

        assertThat(lines()).containsExactly("error: Missing required option: '--node=NAME'", "hint: " + SEE);
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(run("--node", "../web")).isEqualTo(2);

        assertThat(lines()).hasSize(2).first().asString().startsWith("error: --node: invalid name \"../web\"");
    }

    private int run(String... arguments) {
        CommandLine line = AgentMain.commandLine();
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }

    private List<String> lines() {
        return errors.toString().lines().toList();
    }
}
