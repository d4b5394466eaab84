package dev.slipway.cli.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.ApiDouble;
import dev.slipway.cli.ApiDouble.Answer;
import dev.slipway.cli.ApiDouble.Received;
import dev.slipway.cli.CommandRun;
import dev.slipway.cli.CommandRun.Result;
import dev.slipway.cli.chart.ChartArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class GitOpsDeployCommandTest {
    private static final String[] DEPLOY = {"gitops", "deploy"};

    private final Path directory;
    private final JobTrial job;

    GitOpsDeployCommandTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        job = new JobTrial(directory).accepted();
    }

    @AfterEach
    void close() {
        job.close();
    }

    private static String key(Received request) {
        return request.header("Idempotency-key");
    }

    @Test
    void needsNoOptionsInAJobOfGitLab() {
        job.deployment.push().end("deployed", "All of it is ready.", null);

        Result result = job.gitLab().run(DEPLOY);

        assertThat(result.exitCode()).isZero();
        assertThat(job.sentField("repoUrl")).isEqualTo("https://gitlab.example.com/shop/web");
        assertThat(job.sentField("jobId")).isEqualTo("4711");
        assertThat(job.sentField("jobToken")).isEqualTo(JobTrial.JOB_TOKEN);
        assertThat(job.sentField("version")).isEqualTo("1.4.2-g0123456789ab");
        assertThat(result.out()).contains("deployed: shop 1.4.2 runs in production, commit fedcba9876 of fleet (");
    }

    @Test
    void needsNoOptionsInAJobOfGitHub() {
        job.deployment.push().end("deployed", "All of it is ready.", null);

        Result result = job.gitHub().run(DEPLOY);

        assertThat(result.exitCode()).isZero();
        assertThat(job.sentField("repoUrl")).isEqualTo("https://github.com/shop/web");
        assertThat(job.sentField("jobId")).isEqualTo("815");
        assertThat(job.sentField("jobToken")).isEqualTo(JobTrial.JOB_TOKEN);
        assertThat(job.sentField("version")).isEqualTo("1.4.2-g0123456789ab");
        assertThat(job.api
                        .received("GET /oidc?api-version=2&audience=slipway")
                        .getFirst()
                        .header("Authorization"))
                .isEqualTo("Bearer " + JobTrial.PERMIT);
    }

    @Test
    void needsNoOptionsInAJobOfGitea() {
        Result result = job.gitHub()
                .set("GITEA_ACTIONS", "true")
                .set("GITHUB_SERVER_URL", "https://gitea.example.com/")
                .run("gitops", "deploy", "--no-wait");

        assertThat(result.exitCode()).isZero();
        assertThat(job.sentField("repoUrl")).isEqualTo("https://gitea.example.com/shop/web");
        assertThat(job.sentField("jobToken")).isEqualTo(JobTrial.JOB_TOKEN);
    }

    @ParameterizedTest
    @CsvSource({"v2.0.0, tag, 2.0.0", "release-7, tag, 1.4.2-g0123456789ab", "v2.0.0, branch, 1.4.2-g0123456789ab"})
    void deploysATagAsTheVersionThatItNames(String name, String type, String version) {
        job.gitHub().set("GITHUB_REF_NAME", name).set("GITHUB_REF_TYPE", type).run("gitops", "deploy", "--no-wait");

        assertThat(job.sentField("version")).isEqualTo(version);
    }

    @Test
    void takesWhatOptionsSayBeforeWhatTheJobSays() throws IOException {
        Files.writeString(directory.resolve("proof"), "another-proof\n");

        job.gitLab()
                .set("CI_COMMIT_TAG", "v9.9.9")
                .run(
                        "gitops",
                        "deploy",
                        "--no-wait",
                        "--version",
                        "v2.0.0",
                        "--app-repository",
                        "git@example.com:a/b.git",
                        "--job-id",
                        "7",
                        "--job-token-file",
                        "proof");

        assertThat(job.sentField("version")).isEqualTo("2.0.0");
        assertThat(job.sentField("repoUrl")).isEqualTo("git@example.com:a/b.git");
        assertThat(job.sentField("jobId")).isEqualTo("7");
        assertThat(job.sentField("jobToken")).isEqualTo("another-proof");
    }

    @Test
    void takesATokenFromStandardInputWhereThereIsNoJob() {
        Result result = new CommandRun(directory)
                .set("SLIPWAY_URL", job.api.url())
                .input(JobTrial.JOB_TOKEN + "\n")
                .run("gitops", "deploy", "--no-wait", "--app-repository", "https://a/b", "--job-token-file", "-");

        assertThat(result.exitCode()).isZero();
        assertThat(job.sentField("jobToken")).isEqualTo(JobTrial.JOB_TOKEN);
        assertThat(job.sentField("jobId")).isNull();
        assertThat(job.sentField("version")).isEqualTo("1.4.2");
    }

    @Test
    void sendsTheChartAsAFileOfTheForm() throws IOException {
        job.gitLab().run("gitops", "deploy", "--no-wait");

        String all = new String(job.sent().bytes(), StandardCharsets.ISO_8859_1);
        String chart = new String(ChartArchive.of(directory.resolve("chart")).bytes(), StandardCharsets.ISO_8859_1);
        assertThat(job.sent().header("Content-type")).startsWith("multipart/form-data; boundary=slipway-");
        assertThat(all)
                .contains("Content-Disposition: form-data; name=\"chart\"; filename=\"chart.tgz\"\r\n"
                        + "Content-Type: application/gzip\r\n\r\n" + chart + "\r\n--slipway-");
        assertThat(job.sent().headers()).doesNotContainKey("Authorization");
    }

    @Test
    void sendsItsOwnTokenWhereItHasOne() {
        job.gitLab().set("SLIPWAY_TOKEN", "t").run("gitops", "deploy", "--no-wait");

        assertThat(job.sent().header("Authorization")).isEqualTo("Bearer t");
    }

    @Test
    void asksForTheSameDeploymentAgainWhenAnAnswerWasLost() throws IOException {
        try (JobTrial unlucky = new JobTrial(directory)) {
            unlucky.api.answer(JobTrial.POST, Answer.of(0, ""));
            unlucky.api.answer(JobTrial.POST, new Answer(503, Map.of("Retry-After", "0"), ""));
            unlucky.accepted();

            Result result = unlucky.gitLab().run("gitops", "deploy", "--no-wait");

            List<String> keys = unlucky.api.received(JobTrial.POST).stream()
                    .map(GitOpsDeployCommandTest::key)
                    .toList();
            assertThat(result.out()).isEqualTo("01abcdef\n");
            assertThat(keys).hasSize(3).containsOnly(keys.getFirst());
            assertThat(keys.getFirst()).matches("gitops-[0-9a-f]{40}");
        }
    }

    @Test
    void asksForTheSameDeploymentInARepeatedStepAndForAnotherOneInARepeatedRun() {
        job.gitHub().run("gitops", "deploy", "--no-wait");
        job.gitHub().set("ACTIONS_ID_TOKEN_REQUEST_URL", laterToken()).run("gitops", "deploy", "--no-wait");
        job.gitHub().set("GITHUB_RUN_ATTEMPT", "2").run("gitops", "deploy", "--no-wait");

        List<Received> sent = job.api.received(JobTrial.POST);
        assertThat(JobTrial.field(sent.get(1), "jobToken")).isEqualTo("a-later-token");
        assertThat(key(sent.get(1))).isEqualTo(key(sent.getFirst()));
        assertThat(key(sent.get(2))).isNotEqualTo(key(sent.getFirst()));
    }

    private String laterToken() {
        job.api.answer("GET /later?audience=slipway", Answer.of(200, "{\"value\":\"a-later-token\"}"));
        return job.api.url() + "/later";
    }

    @ParameterizedTest
    @CsvSource({
        "UNSET, ACTIONS_ID_TOKEN_REQUEST_URL is not set",
        "nonsense, ACTIONS_ID_TOKEN_REQUEST_URL is not a URL",
        "REFUSING, GitHub Actions returned no OIDC token: the server answered with status 403",
        "EMPTY, GitHub Actions responded without an OIDC token"
    })
    void namesThePermissionThatAWorkflowNeeds(String service, String words) {
        job.api.answer("GET /refusing?audience=slipway", Answer.of(403, ""));
        job.api.answer("GET /empty?audience=slipway", Answer.of(200, "{}"));
        CommandRun run = job.gitHubWithoutPermission();
        if (!service.equals("UNSET")) {
            run.set("ACTIONS_ID_TOKEN_REQUEST_TOKEN", JobTrial.PERMIT)
                    .set(
                            "ACTIONS_ID_TOKEN_REQUEST_URL",
                            service.equals("nonsense")
                                    ? service
                                    : job.api.url() + "/" + service.toLowerCase(Locale.ROOT));
        }

        Result result = run.run(DEPLOY);

        assertThat(result.exitCode()).isIn(1, 4);
        assertThat(result.err()).contains(words).contains("permissions: id-token: write");
        assertThat(job.api.received(JobTrial.POST)).isEmpty();
    }

    @Test
    void makesTheTokenOutToWhomItIsTold() {
        job.api.answer("GET /oidc?api-version=2&audience=my%20slipway", Answer.of(200, "{\"value\":\"for-mine\"}"));

        job.gitHub().run("gitops", "deploy", "--no-wait", "--audience", "my slipway");

        assertThat(job.sentField("jobToken")).isEqualTo("for-mine");
    }

    @Test
    void saysWhatToGiveWhereThereIsNoJob() {
        CommandRun run = new CommandRun(directory).set("SLIPWAY_URL", job.api.url());

        Result result = run.run(DEPLOY);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("not in a job of GitLab CI").contains("--app-repository URL");
        assertThat(run.run("gitops", "deploy", "--app-repository", "https://a/b")
                        .err())
                .contains("--job-token-file FILE");
    }

    @Test
    void saysToSetTheAddressInAJobThatHasNone() {
        Result result = job.gitLab().set("SLIPWAY_URL", "").run(DEPLOY);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("hint: set SLIPWAY_URL to the address of Slipway");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--version=latest|2|invalid chart version",
                "--timeout=soon|2|invalid duration",
                "--no-wait --timeout=1m|2|exclude each other",
                "--job-token-file=gone|1|no such file: gone",
                "--job-token-file=empty|1|contains no token",
                "--job-token-file=lines|1|contains no token",
                "gone|1|no such chart",
                "a b|2|Unmatched argument",
                "--job-token=x|2|Unknown option"
            })
    void refusesBadInputBeforeItAsksForAnything(String arguments, int code, String words) throws IOException {
        Files.writeString(directory.resolve("empty"), "\n");
        Files.writeString(directory.resolve("lines"), "one\ntwo\n");
        String[] all = ("gitops deploy " + arguments).split(" ", -1);

        Result result = job.gitLab().run(all);

        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.err()).startsWith("error: ").contains(words);
        assertThat(job.api.received(JobTrial.POST)).isEmpty();
    }

    @Test
    void warnsOfAnAddressThatIsNotEncrypted() {
        Result result =
                job.gitLab().set("SLIPWAY_URL", "http://slipway.invalid").run("gitops", "deploy", "--no-wait");

        assertThat(result.err())
                .contains("warning: http://slipway.invalid is not https")
                .contains("error: unknown host slipway.invalid");
    }

    @ParameterizedTest
    @CsvSource({
        "401, unauthenticated, 4, the job must be running",
        "403, forbidden, 4, the job must be running",
        "404, unknown-environment, 1, slipway get environments",
        "422, no-matching-environment, 1, slipway get environments --project",
        "400, invalid-chart, 1, x"
    })
    void tellsWhyTheServerTakesNoDeployment(int status, String type, int code, String hint) throws IOException {
        try (JobTrial refused = new JobTrial(directory)) {
            refused.api.answer(JobTrial.POST, Answer.problem(status, type, "It says why, x.", null));

            Result result = refused.gitLab().run(DEPLOY);

            assertThat(result.exitCode()).isEqualTo(code);
            assertThat(result.err()).contains("error: It says why, x.").contains(hint);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "\"x\""})
    void refusesAnAnswerThatIsNoneOfSlipway(String answer) throws IOException {
        try (JobTrial elsewhere = new JobTrial(directory)) {
            elsewhere.api.answer(JobTrial.POST, Answer.of(200, answer));

            assertThat(elsewhere.gitLab().run(DEPLOY).err()).contains("is not a Slipway server");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " --json", " --debug", " --quiet", " --no-wait --json"})
    void neverShowsATokenWhateverAnybodySays(String options) throws IOException {
        job.deployment
                .status("validating", "token " + JobTrial.JOB_TOKEN)
                .end(
                        "failed",
                        "as " + JobTrial.FOLLOW_TOKEN,
                        "permit " + JobTrial.PERMIT + " of " + JobTrial.JOB_TOKEN);
        String[] all = ("gitops deploy" + options).split(" ", -1);

        Result result = job.gitHub().run(all);

        String summary =
                Files.exists(directory.resolve("summary")) ? Files.readString(directory.resolve("summary")) : "";
        assertThat(result.out() + result.err() + summary + Files.readString(directory.resolve("output")))
                .doesNotContain(JobTrial.JOB_TOKEN)
                .doesNotContain(JobTrial.FOLLOW_TOKEN)
                .doesNotContain(JobTrial.PERMIT)
                .doesNotContain("followToken");
    }

    @Test
    void neverShowsATokenOfARefusal() throws IOException {
        try (JobTrial refused = new JobTrial(directory)) {
            refused.api.answer(
                    JobTrial.POST,
                    Answer.problem(403, "forbidden", "The token " + JobTrial.JOB_TOKEN + " is not of this job.", null));

            Result result = refused.gitLab().run("gitops", "deploy", "--debug");

            assertThat(result.err())
                    .contains("The token *** is not of this job.")
                    .doesNotContain(JobTrial.JOB_TOKEN);
        }
    }

    @Test
    void followsWithTheTokenThatCameWithTheDeploymentAndNoOther() {
        job.deployment.push().end("deployed", "Ready.", null);

        job.gitLab().set("SLIPWAY_TOKEN", ApiDouble.TOKEN).run(DEPLOY);

        assertThat(job.api.received(JobTrial.EVENTS).getFirst().header("Authorization"))
                .isEqualTo("Bearer " + JobTrial.FOLLOW_TOKEN);
    }
}
