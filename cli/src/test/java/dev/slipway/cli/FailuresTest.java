package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.CommandRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailuresTest {
    @TempDir
    Path directory;

    @Test
    void saysHowToStartTheStackWhenNothingAnswers() {
        ApiDouble api = new ApiDouble();
        CommandRun run = CommandRun.with(api, directory);
        api.close();

        Result result = run.run("get", "nodes");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("error: cannot connect to " + api.url()
                        + "\nhint: is the stack running? start it with: slipway up\n");
    }

    @Test
    void doesNotWaitForAStackWhoseSupervisorIsGone() throws IOException {
        ApiDouble api = new ApiDouble();
        api.close();
        Files.writeString(directory.resolve("token"), "t");
        Files.writeString(
                directory.resolve("stack.json"),
                "{\"state\":\"ready\",\"url\":\"" + api.url() + "\",\"tokenFile\":\"token\"}");
        long start = System.nanoTime();

        Result result = new CommandRun(directory).run("get", "nodes", "--data", directory.toString());

        assertThat(result.err()).contains("is the stack running?");
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void showsTheStackTraceOnlyToThoseWhoAskForIt() {
        CommandRun run = new CommandRun(directory);

        assertThat(run.run("get", "nodes").err()).doesNotContain("at dev.slipway");
        assertThat(run.run("get", "nodes", "--debug").err()).contains("at dev.slipway");
    }

    @Test
    void tellsWhatAnAnswerSaysThatIsNoProblemDocument() {
        try (ApiDouble api = new ApiDouble()) {
            api.answer("GET /api/nodes", Answer.of(502, "<html>\033[31mBad Gateway</html>"));
            api.answer("GET /api/targets", new Answer(302, Map.of("Location", "http://elsewhere"), ""));
            api.answer("GET /api/environments", Answer.of(200, "<html>"));

            assertThat(CommandRun.with(api, directory).run("get", "nodes").err())
                    .isEqualTo("error: the server answered with status 502: <html>^[[31mBad Gateway</html>\n");
            assertThat(CommandRun.with(api, directory).run("get", "targets").err())
                    .contains("status 302")
                    .contains("check SLIPWAY_URL");
            assertThat(CommandRun.with(api, directory)
                            .run("get", "environments")
                            .err())
                    .contains("is not a Slipway server");
        }
    }

    @Test
    void suggestsTheCommandThatWasMeant() {
        Result result = new CommandRun(directory).run("deplyo");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("did you mean deploy?");
        assertThat(new CommandRun(directory).run().exitCode()).isEqualTo(2);
        assertThat(new CommandRun(directory).run("get").err()).contains("hint: see slipway help get");
    }

    @Test
    void takesOptionsOfEveryCommandBeforeAndAfterItsName() {
        try (ApiDouble api = new ApiDouble()) {
            api.answer("GET /api/nodes", Answer.of(200, "{\"items\":[]}"));

            assertThat(new CommandRun(directory)
                            .run("--url", api.url(), "--token", ApiDouble.TOKEN, "get", "nodes", "--json")
                            .exitCode())
                    .isZero();
            assertThat(new CommandRun(directory)
                            .run("--json", "get", "nodes", "--url", api.url(), "--token", ApiDouble.TOKEN)
                            .json()
                            .get("items")
                            .size())
                    .isZero();
        }
    }

    @Test
    void takesTheNameOfACommandForAnOptionsValue() {
        assertThat(new CommandRun(directory).run("--data", "up", "status").err())
                .contains("no stack in");
    }

    @Test
    void printsTheVersion() {
        assertThat(new CommandRun(directory).run("--version").out()).matches("slipway \\d+\\.\\d+\\.\\d+.*\n");
        assertThat(new CommandRun(directory).run("--version", "--json").exitCode())
                .isZero();
    }
}
