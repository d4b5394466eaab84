package dev.slipway.server.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StandaloneMainTest {
    private final StringWriter errors = new StringWriter();

    @Test
    void tellsAMisspeltOptionAsTheCommandLineDoes() {
        assertThat(run("up", "--quite")).isEqualTo(2);

        assertThat(errors.toString().lines())
                .containsExactly("error: Unknown option: '--quite'", "hint: did you mean --quiet? see slipway help up");
    }

    @Test
    void refusesAValueThatIsNoneInOneLineAndAHint() {
        assertThat(run("up", "--port", "many")).isEqualTo(2);

        assertThat(errors.toString().lines())
                .containsExactly(
                        "error: Invalid value for option '--port': 'many' is not an int", "hint: see slipway help up");
    }

    @Test
    void refusesWhatMakesNoSenseForAStackOfOnesOwn() {
        assertThat(run("demo", "--url", "http://127.0.0.1")).isEqualTo(2);

        assertThat(errors.toString()).contains("'--url'").endsWith("see slipway help demo\n");
    }

    @Test
    void showsAStackTraceOnlyWhenItIsAskedFor(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("file"), "").toString();

        assertThat(run("up", "--no-color", "--data", file)).isEqualTo(1);
        assertThat(errors.toString().lines())
                .singleElement()
                .asString()
                .startsWith("error: The data folder " + file + " cannot be created: ")
                .endsWith("Choose another with --data.");

        assertThat(run("up", "--debug", "--data", file)).isEqualTo(1);
        assertThat(errors.toString()).contains("\tat dev.slipway.server.standalone.");
    }

    private int run(String... arguments) {
        CommandLine line = StandaloneMain.commandLine();
        line.setErr(new PrintWriter(errors, true));
        return line.execute(arguments);
    }
}
