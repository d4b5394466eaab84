package dev.slipway.cli.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.cli.DeploymentDouble;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeployCommandTest {
    private static final String POST = "POST /api/deployments";

    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();

    @AfterEach
    void close() {
        api.close();
    }

    private Result deploy(String... more) {
        String[] arguments = new String[more.length + 4];
        System.arraycopy(new String[] {"deploy", "web@v2", "--to", "staging"}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        return CommandRun.with(api, directory).run(arguments);
    }

    private DeploymentDouble next() {
        return api.addAsNext(new DeploymentDouble("01abcdef", "web@v2", "web-1", "web-2"));
    }

    @Test
    void endsWithZeroOnceTheReleaseRunsEverywhere() {
        next().status("running", "2 target(s), 1 at a time.")
                .install("web-1")
                .install("web-2")
                .end("completed", "web@v2 runs on 2 target(s).", null);

        Result result = deploy();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).first().isEqualTo("deployment 01abcdef: web@v2 to staging");
        assertThat(result.out())
                .contains("web-1 verifying: Installed; its health is checked.")
                .contains("succeeded: web@v2 runs on 2 targets of staging")
                .doesNotContain("\033");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void saysThatThereIsNothingToDoWhereEveryTargetRanTheReleaseAlready() {
        next().status("running", "2 target(s)")
                .findCurrent("web-1")
                .findCurrent("web-2")
                .end("completed", "Nothing to do.", null);

        assertThat(deploy().out()).endsWith("nothing to do: web@v2 already runs on 2 targets of staging\n");
    }

    @ParameterizedTest
    @CsvSource({"failed, 5, failed", "rolled_back, 6, was rolled back", "canceled, 8, was canceled"})
    void endsWithACodeThatSaysHow(String status, int code, String words) {
        next().status("running", "Goes.").end(status, "web-2 is unhealthy.", null);

        Result result = deploy();

        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.err())
                .startsWith("error: deployment 01abcdef of web@v2 to staging " + words + ": web-2 is unhealthy.");
    }

    @Test
    void endsWithFiveAndTheCommandsThatGoOnWhenItIsHeld() {
        next().status("running", "Goes.")
                .task("web-2", "failed", 3, "It did not answer.", "It did not answer.")
                .status("failed", true, "It did not answer.", "It did not answer.");

        Result result = deploy("--on-failure", "stop");

        assertThat(result.exitCode()).isEqualTo(5);
        assertThat(result.err())
                .contains("failed and is waiting for a decision: It did not answer.")
                .contains("slipway retry 01abcdef --target web-2")
                .contains("slipway skip 01abcdef --target web-2")
                .contains("slipway rollback 01abcdef");
    }

    @Test
    void endsWithSevenWhenItAwaitsAnApproval() {
        next().status("awaiting_approval", true, "Two people must agree.", null);

        assertThat(deploy().exitCode()).isEqualTo(7);
    }

    @Test
    void endsWithThreeWhenTheTimeoutHasPassedAndSaysHowToAttachAgain() {
        next().status("running", "Goes.");

        Result result = deploy("--timeout", "300ms");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .contains("has not ended after")
                .contains("it continues")
                .contains("slipway watch 01abcdef");
    }

    @Test
    void endsWithFourWhenTheTokenIsNotKnown() {
        Result result = CommandRun.with(api, directory)
                .set("SLIPWAY_TOKEN", "another")
                .run("deploy", "web@v2", "--to", "staging");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).startsWith("error: Unknown token.\nhint: ");
    }

    @Test
    void endsWithOneAndNamesTheFieldThatTheServerRefuses() {
        api.answer(POST, Answer.problem(400, "invalid-input", "must not be empty", "environment"));

        Result result = deploy();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("error: environment: must not be empty\n");
    }

    @ParameterizedTest
    @CsvSource({
        "web, --to, staging, invalid release",
        "web@v2, --batch, 0, must be 1 or more",
        "web@v2, --batch, many, invalid batch size",
        "web@v2, --strategy, canary, not \"canary\"",
        "web@v2, --on-failure, panic, not \"panic\"",
        "web@v2, --timeout, soon, invalid duration"
    })
    void endsWithTwoWhenTheCommandLineIsWrong(String release, String option, String value, String words) {
        Result result = CommandRun.with(api, directory)
                .run("deploy", release, "--to", "staging", option.equals("--to") ? "--no-color" : option + "=" + value);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(words);
        assertThat(api.received(POST)).isEmpty();
    }

    @Test
    void printsNothingButTheFinalDeploymentAsJson() {
        next().status("running", "Goes.").install("web-1").end("rolled_back", "web-2 is unhealthy.", null);

        Result result = deploy("--json");

        assertThat(result.exitCode()).isEqualTo(6);
        assertThat(result.json().get("status").asString()).isEqualTo("rolled_back");
        assertThat(result.json().get("tasks").get(0).get("status").asString()).isEqualTo("succeeded");
    }

    @Test
    void printsOnlyTheIdWhenItDoesNotWait() {
        next();

        Result result = deploy("--no-wait");

        assertThat(result.out()).isEqualTo("01abcdef\n");
        assertThat(result.err()).contains("slipway watch 01abcdef");
    }

    @ParameterizedTest
    @CsvSource({"staging, --project=shop", "shop/staging, --json"})
    void deploysAReleaseOfTheEnvironmentsProject(String environment, String option) {
        next().end("completed", "Done.", null);

        CommandRun.with(api, directory).run("deploy", "web@v2", "--to", environment, "--no-wait", option);

        assertThat(api.received(POST).getFirst().json())
                .hasToString(
                        "{\"release\":\"shop/web@v2\",\"environment\":\"shop/staging\",\"strategy\":\"all-at-once\"}");
    }

    @Test
    void asksForARollingDeploymentWhenOnlyABatchIsGiven() {
        next();

        deploy("--batch", "25%", "--on-failure", "stop", "--force", "--no-wait");

        assertThat(api.received(POST).getFirst().body())
                .isEqualTo("{\"release\":\"web@v2\",\"environment\":\"staging\",\"strategy\":\"rolling\","
                        + "\"batch\":\"25%\",\"onFailure\":\"stop\",\"force\":true}");
    }

    @Test
    void sendsTheSameKeyAgainWhenTheServerIsBusyOrTheAnswerWasLost() {
        api.answer(POST, new Answer(503, Map.of("Retry-After", "0"), ""));
        api.answer(POST, Answer.of(0, ""));
        next();

        Result result = deploy("--no-wait");

        assertThat(result.exitCode()).isZero();
        List<String> keys = api.received(POST).stream()
                .map(request -> request.header("Idempotency-key"))
                .toList();
        assertThat(keys).hasSize(3).allMatch(key -> key.equals(keys.getFirst()));
        assertThat(keys.getFirst()).hasSize(36);
    }

    @Test
    void sendsTheKeyThatItIsGiven() {
        next();

        deploy("--no-wait", "--idempotency-key", "build-7");

        assertThat(api.received(POST).getFirst().header("Idempotency-key")).isEqualTo("build-7");
    }

    @Test
    void saysNothingButErrorsWhenItShallBeQuiet() {
        next().status("running", "Goes.").install("web-1").end("completed", "Done.", null);

        Result result = deploy("--quiet");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEmpty();
    }
}
