package dev.slipway.cli.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.core.resource.Kinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManualTest {
    @TempDir
    Path directory;

    private Result run(String... arguments) {
        return new CommandRun(directory).run(arguments);
    }

    @Test
    void explainsASettingByItsNameItsEndOrItsBeginning() {
        assertThat(run("explain", "targets[0].health.retries").out())
                .startsWith("targets.health.retries   whole number, 1 to 1000 (default: 20)");
        assertThat(run("explain", "expectedBody").out()).startsWith("targets.health.expectedBody");
        assertThat(run("explain", "timeout").out()).contains("targets.timeout").contains("targets.health.timeout");
        assertThat(run("explain", "health").out())
                .contains("targets.health.type")
                .contains("targets.health.url");
        assertThat(run("explain", "slipway_url").out()).startsWith("SLIPWAY_URL");
        assertThat(run("explain", "slipway.artifacts.largest-unpacked").out())
                .startsWith("SLIPWAY_ARTIFACTS_LARGEST_UNPACKED   a size");
        assertThat(run("explain", "artifacts").out().lines()).hasSize(4);
        assertThat(run("explain").out()).contains("concurrency").contains("NO_COLOR");
        assertThat(run("explain", "concurrency", "--json").json().get("items").size())
                .isEqualTo(1);
    }

    @Test
    void printsTheSchemaOfOneKindOrOfAll() {
        assertThat(run("schema").json().path("definitions").propertyNames())
                .containsExactlyElementsOf(Kinds.ALL.stream().map(Kinds::name).toList());
        assertThat(run("schema", "environment")
                        .json()
                        .at("/properties/concurrency/enum")
                        .toString())
                .isEqualTo("[\"queue\",\"supersede\",\"reject\"]");
        assertThat(run("schema", "Enviroment").err()).contains("did you mean \"Environment\"?");
    }

    @Test
    void suggestsTheSettingThatWasMeant() {
        Result result = run("explain", "concurency");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("did you mean concurrency?");
    }

    @Test
    void showsHelpWithExamplesForEveryCommand() {
        String help = run("help").out();

        assertThat(help).contains("Exit codes").contains("slipway up --detach");
        help.lines()
                .dropWhile(line -> !line.equals("Commands:"))
                .skip(1)
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.strip().split(" ", -1)[0])
                .filter(command -> !List.of("test", "release", "gitops").contains(command))
                .forEach(command -> assertThat(run("help", command).out())
                        .as(command)
                        .contains("Example")
                        .isEqualTo(run(command, "--help").out()));
        assertThat(run("help", "release", "create").out()).contains("--component");
        assertThat(run("help", "gitops", "deploy").out()).contains("--app-repository");
        assertThat(run("help", "nothing").exitCode()).isEqualTo(2);
    }

    @Test
    void completesInARealShell() throws IOException, InterruptedException {
        Path script = Files.writeString(
                directory.resolve("completion"), run("completion", "bash").out());

        assertThat(complete(script, "slipway dep")).contains("deploy");
        assertThat(complete(script, "slipway deploy --on")).contains("--on-failure");
        assertThat(complete(script, "slipway release cr")).contains("create");
        assertThat(complete(script, "slipway secret ")).contains("set", "list", "delete");
        assertThat(run("completion", "zsh").out()).isEqualTo(Files.readString(script));
        assertThat(run("completion", "fish").exitCode()).isEqualTo(2);
    }

    private static String complete(Path script, String line) throws IOException, InterruptedException {
        String words = line.replace(" ", "' '");
        int last = line.split(" ", -1).length - 1;
        Process bash = new ProcessBuilder(
                        "bash",
                        "-c",
                        "source '" + script + "'; COMP_WORDS=('" + words + "'); COMP_CWORD=" + last
                                + "; _complete_slipway; echo \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String answer = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(answer).isZero();
        return answer;
    }
}
