package dev.slipway.cli.gitops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class PipelineTest {
    private static final String[] DEPLOY = {"gitops", "deploy"};

    private final Path directory;
    private final JobTrial job;

    PipelineTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        job = new JobTrial(directory).accepted();
    }

    @AfterEach
    void close() {
        job.close();
    }

    @Test
    void writesALinePerStateInCi() {
        job.deployment.push().end("deployed", "All of it is ready.", null);

        Result result = job.gitHub().set("GITEA_ACTIONS", "true").run(DEPLOY);

        assertThat(result.out()
                        .lines()
                        .map(line -> line.replaceFirst("^\\S+Z ", "").replaceFirst("\\(\\d+s\\)", "(…)")))
                .containsExactly(
                        "::group::shop 1.4.2 to production",
                        "deployment 01abcdef: shop 1.4.2 to production",
                        "deployment validating: The job is genuine.",
                        "deployment pushing: It is its turn in \"fleet\".",
                        "deployment pushed: Commit fedcba98.",
                        "deployment monitoring: Flux fetches it.",
                        "deployment deployed: All of it is ready.",
                        "::endgroup::",
                        "deployed: shop 1.4.2 runs in production, commit fedcba9876 of fleet (…)");
    }

    @ParameterizedTest
    @CsvSource({"deployed, 0", "failed, 5", "canceled, 8"})
    void endsWithACodeThatSaysHow(String status, int code) {
        job.deployment.push().end(status, "That is why.", null);

        assertThat(job.gitLab().run(DEPLOY).exitCode()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"deployed, 0", "failed, 1", "canceled, 1"})
    void endsWithZeroOrOneAsDagDeploy(String status, int code) {
        job.deployment.push().end(status, "That is why.", null);

        assertThat(job.gitLab().runDagDeploy().exitCode()).isEqualTo(code);
    }

    @Test
    void endsWithOneAsDagDeployWhateverElseIsWrong() {
        assertThat(job.gitLab().runDagDeploy("--timeout", "200ms").exitCode()).isEqualTo(1);
        assertThat(job.gitLab().runDagDeploy("--bogus").exitCode()).isEqualTo(1);
        assertThat(job.gitLab().runDagDeploy("--bogus").err()).contains("hint: see dag-deploy --help");
        assertThat(new CommandRun(directory).runDagDeploy().exitCode()).isEqualTo(1);
    }

    @Test
    void explainsItselfAsDagDeploy() {
        assertThat(new CommandRun(directory).runDagDeploy("--version").out())
                .matches("dag-deploy \\d+\\.\\d+\\.\\d+.*\n");
        assertThat(new CommandRun(directory).runDagDeploy("--help").out())
                .startsWith("Usage: dag-deploy [CHART]")
                .contains("--job-token-file", "--url", "dag-deploy is an alias of this command");
        assertThat(job.gitLab().runDagDeploy("--version", "2.0.0", "--no-wait").out())
                .isEqualTo("01abcdef\n");
        assertThat(job.sentField("version")).isEqualTo("2.0.0");
    }

    @Test
    void saysHowToGoBackAfterAFailureBehindTheCommit() {
        job.deployment.push().end("failed", "x", "Pod shop-1 cannot pull its image.");

        Result result = job.gitLab().run(DEPLOY);

        assertThat(result.err())
                .contains("error: deployment 01abcdef of shop 1.4.2 to production failed: Pod shop-1 cannot pull")
                .contains("hint: roll back to the previous version: slipway rollback 01abcdef");
    }

    @Test
    void endsWithThreeWhenTheTimeoutHasPassed() {
        job.deployment.push();

        Result result = job.gitLab().run("gitops", "deploy", "--timeout", "300ms");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("has not ended after").contains("slipway watch 01abcdef");
    }

    @Test
    void goesOnBehindTheLastEventAfterALostConnection() {
        job.deployment.status("validating", "The job is genuine.").status("pushing", "Its turn.");
        job.api.dropStreamAfter(2);
        CompletableFuture<Result> following =
                CompletableFuture.supplyAsync(() -> job.gitLab().run(DEPLOY));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> job.api.received(JobTrial.EVENTS).size() >= 2);
        job.deployment.status("pushed", "There.").end("deployed", "Ready.", null);

        Result result = following.orTimeout(40, TimeUnit.SECONDS).join();

        assertThat(result.exitCode()).isZero();
        assertThat(job.api.received(JobTrial.EVENTS).get(1).header("Last-event-id"))
                .isEqualTo("2");
        assertThat(result.out()).containsOnlyOnce("deployment pushing");
    }

    @Test
    void foldsTheStoryInTheLogOfGitLab() {
        job.deployment.push().end("deployed", "Ready.", null);

        assertThat(job.gitLab().run(DEPLOY).out())
                .matches("(?s)\033\\[0Ksection_start:\\d+:slipway\r\033\\[0Kshop 1.4.2 to production\n.*"
                        + "\n\033\\[0Ksection_end:\\d+:slipway\r\033\\[0K\ndeployed: .*");
    }

    @Test
    void summarisesTheRunAndGivesItsOutcomeToLaterStepsOnGitHub() throws IOException {
        job.deployment.push().end("failed", "x", "`|`<img src=x>\n# no heading");

        Result result = job.gitHub().run(DEPLOY);

        assertThat(result.out().lines()).last().asString().startsWith("::error title=Slipway::deployment 01abcdef of");
        assertThat(Files.readString(directory.resolve("output")))
                .isEqualTo("deployment=01abcdef\nversion=1.4.2-g0123456789ab\nstatus=failed\n");
        assertThat(Files.readString(directory.resolve("summary")))
                .startsWith("### Slipway\n\n`deployment 01abcdef of shop 1.4.2 to production failed: '|'<img src=x>"
                        + " # no heading`\n\n")
                .contains(
                        "| status | `failed` |",
                        "| pushed | `commit fedcba9876 of fleet` |",
                        "| path | `charts/shop` |");
    }

    @Test
    void neutralisesWhatServersSay() {
        job.deployment
                .status("validating", "\033[2J::add-mask::secret")
                .status("pushing", "::error::\033]0;title\007 ##vso[task.complete]\r\n::stop-commands::")
                .end("failed", "::set-output name=a::b", "\033[0Ksection_end:1:slipway\r\033[0K");

        Result result = job.gitHub().run(DEPLOY);

        assertThat(result.out() + result.err()).doesNotContain("\033", "\007", "##vso[");
        assertThat((result.out() + result.err())
                        .lines()
                        .filter(line -> line.strip().startsWith("::")))
                .allMatch(line -> line.matches("::(group|endgroup|error title=Slipway)::.*"));
    }

    @Test
    void printsNothingButDocumentsAsJson() {
        job.deployment.push().end("deployed", "Ready.", null);

        Result result = job.gitLab().run("gitops", "deploy", "--json");

        assertThat(result.json().get("status").asString()).isEqualTo("deployed");
        assertThat(result.json().get("iacCommit").asString()).isEqualTo("fedcba9876543210");
        assertThat(job.gitLab()
                        .run("gitops", "deploy", "--json", "--no-wait")
                        .json()
                        .has("followToken"))
                .isFalse();
    }

    @Test
    void saysThatNobodyWatchesWhereThereIsNoReconciler() {
        job.api.answer(
                "GET /api/deployments/01abcdef",
                Answer.of(
                        200,
                        "{\"id\":\"01abcdef\",\"kind\":\"gitops\",\"status\":\"deployed\",\"phase\":\"SUCCEEDED\","
                                + "\"project\":\"shop\",\"version\":\"1.4.2\",\"environment\":\"production\","
                                + "\"reconciler\":\"none\",\"iacCommit\":\"fedcba9876543210\",\"iacRepository\":\"fleet\","
                                + "\"endedAt\":\"2026-01-01T00:00:00Z\"}"));
        job.deployment.push().end("deployed", "Pushed.", null);

        assertThat(job.gitLab().run(DEPLOY).out())
                .contains(
                        "pushed: shop 1.4.2 for production; the rollout is not monitored (reconciler: none), commit fedcba9876 of");
    }
}
