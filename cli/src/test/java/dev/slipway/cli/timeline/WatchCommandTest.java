package dev.slipway.cli.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.cli.DeploymentDouble;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class WatchCommandTest {
    private static final String EVENTS = "GET /api/deployments/01abcdef/events";

    @TempDir
    Path directory;

    private final ApiDouble api = new ApiDouble();
    private final DeploymentDouble deployment = api.add(new DeploymentDouble("01abcdef", "web@v2", "web-1", "web-2"));
    private CommandRun run = new CommandRun(Path.of(""));

    @BeforeEach
    void prepare() {
        run = CommandRun.with(api, directory);
    }

    @AfterEach
    void close() {
        api.close();
    }

    private CompletableFuture<Result> watchInBackground(String... arguments) {
        return CompletableFuture.supplyAsync(() -> run.run(arguments));
    }

    private static Result join(CompletableFuture<Result> watching) {
        return watching.orTimeout(40, TimeUnit.SECONDS).join();
    }

    @Test
    void goesOnBehindTheLastEventAfterALostConnection() {
        deployment.status("running", "Goes.").install("web-1");
        api.dropStreamAfter(3);
        CompletableFuture<Result> watching = watchInBackground("watch", "01abcdef");
        await().atMost(Duration.ofMinutes(1)).until(() -> api.received(EVENTS).size() >= 2);
        deployment.install("web-2").end("completed", "Done.", null);

        Result result = join(watching);

        assertThat(result.exitCode()).isZero();
        assertThat(api.received(EVENTS).get(1).header("Last-event-id")).isEqualTo("3");
        assertThat(result.err().lines().filter(line -> line.startsWith("connection lost, reconnecting")))
                .hasSize(1);
        assertThat(result.out().lines().filter(line -> line.contains("web-1 verifying")))
                .hasSize(1);
    }

    @Test
    void survivesTheRestartOfTheServer() {
        deployment.status("running", "Goes.");
        CompletableFuture<Result> watching = watchInBackground("watch", "01ab");
        await().atMost(Duration.ofMinutes(1)).until(() -> run.outSoFar().contains("deployment running"));

        int port = api.stop();
        await().atMost(Duration.ofMinutes(1)).until(() -> run.errSoFar().contains("connection lost"));
        deployment.install("web-1").install("web-2").end("completed", "Done.", null);
        api.startAgain(port);

        Result result = join(watching);
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).containsOnlyOnce("connection lost").containsOnlyOnce("reconnected");
        assertThat(result.out()).contains("web-2 succeeded");
    }

    @Test
    void doesNotStopAtAHoldThatIsOver() {
        deployment
                .status("running", "Goes.")
                .task("web-1", "failed", 1, "Broken.", "Broken.")
                .status("failed", true, "Broken.", "Broken.")
                .status("running", "A person has it tried again.")
                .install("web-1")
                .install("web-2")
                .end("completed", "Done.", null);

        assertThat(run.run("watch", "01abcdef").exitCode()).isZero();
    }

    @Test
    void waitsOnWhileADeploymentIsPaused() {
        deployment.status("running", "Goes.").status("running", true, "Paused by a person.", null);
        CompletableFuture<Result> watching = watchInBackground("watch", "01abcdef");
        await().atMost(Duration.ofMinutes(1)).until(() -> run.outSoFar().contains("running, paused"));

        deployment.status("running", "Resumed.").end("completed", "Done.", null);

        assertThat(join(watching).exitCode()).isZero();
    }

    @Test
    void showsTargetsThatWerePlannedAfterItBegan() {
        DeploymentDouble early = api.add(new DeploymentDouble("01zzzzzz", "web@v2"));
        early.status("running", "Goes.").install("web-9").end("completed", "Done.", null);

        assertThat(run.run("watch", "01zzzzzz").out()).contains("web-9 succeeded");
    }

    @Test
    void followsADeploymentByGitOpsToo() {
        api.add(DeploymentDouble.ofChart("01chart0")).push().end("deployed", "All of it is ready.", null);

        Result result = run.run("watch", "01chart0");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("deployment monitoring: Flux fetches it.")
                .contains("deployed: shop 1.4.2 runs in production, commit fedcba9876 of fleet");
    }

    @Test
    void refusesWhatCanBeNoId() {
        Result result = run.run("watch", "../releases");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("invalid deployment id \"../releases\"");
    }

    @Test
    void printsOneDocumentAsJsonWhateverHappenedOnTheWay() {
        deployment.status("running", "Goes.").install("web-1");
        api.dropStreamAfter(2);
        api.dropStreamAfter(2);
        deployment.install("web-2").end("completed", "Done.", null);

        assertThat(run.run("watch", "01abcdef", "--json").json().get("id").asString())
                .isEqualTo("01abcdef");
    }

    @Test
    void neutralisesWhatServersAndTargetsSay() {
        deployment
                .status("running", "\033[2J::add-mask::secret")
                .task("web-1", "failed", 1, "x", "::error::\033]0;title\007 ##vso[task.complete]\r\n::stop-commands::")
                .end("failed", "::set-output name=a::b", null);

        Result result = run.run("watch", "01abcdef");

        assertThat(result.out() + result.err())
                .doesNotContain("\033")
                .doesNotContain("\007")
                .doesNotContain("##vso[");
        assertThat((result.out() + result.err()).lines())
                .noneMatch(line -> line.strip().startsWith("::"));
    }
}
