package dev.slipway.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.cli.DeploymentDouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {
    private static final String LOGS = "GET /api/deployments/01abcdef/logs";

    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();

    @AfterEach
    void close() {
        api.close();
    }

    private static String line(int sequence, String text) {
        return "{\"target\":\"web-1\",\"sequence\":" + sequence
                + ",\"at\":\"2026-01-01T00:00:00Z\",\"stream\":\"stdout\",\"text\":\"" + text + "\"}";
    }

    private static Answer page(String next, String... lines) {
        return Answer.of(200, "{\"items\":[" + String.join(",", lines) + "],\"next\":" + next + "}");
    }

    @Test
    void printsEveryPageWithItsOrigin() {
        api.answer(LOGS + "?target=web-1", page("\"p2\"", line(1, "one"), line(2, "::add-mask::two\\u001b[0m")));
        api.answer(LOGS + "?target=web-1&cursor=p2", page("null", line(3, "three")));

        Result result = CommandRun.with(api, directory).run("logs", "01abcdef", "--target", "web-1");

        assertThat(result.out()).isEqualTo("""
                        2026-01-01T00:00:00Z web-1 stdout | one
                        2026-01-01T00:00:00Z web-1 stdout | : :add-mask::two^[[0m
                        2026-01-01T00:00:00Z web-1 stdout | three
                        """);
    }

    @Test
    void followsUntilTheDeploymentHasEndedAndPrintsNoLineTwice() {
        DeploymentDouble deployment = api.add(new DeploymentDouble("01abcdef", "web@v1", "web-1"));
        api.answer(LOGS, page("null", line(1, "one")));
        api.answer(LOGS + "?cursor=1", page("null"));
        api.answer(LOGS + "?cursor=1", page("null", line(2, "two")));
        api.answer(LOGS + "?cursor=2", page("null"));
        CommandRun run = CommandRun.with(api, directory);

        CompletableFuture<Result> following =
                CompletableFuture.supplyAsync(() -> run.run("logs", "01abcdef", "--follow"));
        await().atMost(Duration.ofMinutes(1)).until(() -> run.outSoFar().contains("two"));
        deployment.end("completed", "Done.", null);

        Result result = following.orTimeout(60, TimeUnit.SECONDS).join();
        assertThat(result.out()).containsOnlyOnce("| one").containsOnlyOnce("| two");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void printsTheHistoryOfTheWorkflow() {
        api.answer(
                "GET /api/deployments/01abcdef/history",
                Answer.of(
                        200,
                        "{\"workflowId\":\"deployment/01abcdef\",\"temporalUi\":\"http://ui\",\"items\":[{\"eventId\":5,"
                                + "\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"ActivityTaskScheduled\",\"name\":\"deploy\",\"attempt\":1,"
                                + "\"detail\":\"web-1\"}]}"));

        Result result = CommandRun.with(api, directory).run("history", "01abcdef");

        assertThat(result.out()).contains("ActivityTaskScheduled   deploy   1         web-1");
        assertThat(result.err()).isEqualTo("in the Temporal UI: http://ui\n");
    }
}
