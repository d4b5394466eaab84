package dev.slipway.activities.gitprovider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.activities.net.HostCheck;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.gitops.VerifiedJob;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** GitLab is a double that answers as https://docs.gitlab.com/api/jobs/ shows. */
class GitLabJobsTest {
    private static final String PATH = "/api/v4/job";
    private static final String TOKEN = "glcbt-64_aB3dE6gH9jK2mN5pQ8s";
    private static final Duration LONGEST = Duration.ofMillis(500);

    private static final String JOB = """
            {
              "commit": {
                "author_email": "admin@example.com",
                "author_name": "Administrator",
                "created_at": "2015-12-24T16:51:14.000+01:00",
                "id": "0ff3ae198f8601a285adcf5c0fff204ee6fba5fd",
                "message": "Test the CI integration.",
                "short_id": "0ff3ae19",
                "title": "Test the CI integration."
              },
              "coverage": null,
              "archived": false,
              "allow_failure": false,
              "created_at": "2015-12-24T15:51:21.880Z",
              "started_at": "2015-12-24T17:54:30.733Z",
              "finished_at": null,
              "duration": 0.465,
              "queued_duration": 0.123,
              "artifacts_expire_at": "2016-01-23T17:54:31.198Z",
              "id": 8,
              "name": "deploy",
              "pipeline": {
                "id": 6,
                "project_id": 1,
                "ref": "main",
                "sha": "0ff3ae198f8601a285adcf5c0fff204ee6fba5fd",
                "status": "running"
              },
              "ref": "main",
              "artifacts": [],
              "runner": null,
              "runner_manager": null,
              "stage": "deploy",
              "status": "running",
              "failure_reason": "script_failure",
              "tag": false,
              "web_url": "https://gitlab.example.com/shop/web/-/jobs/8",
              "project": {"ci_job_token_scope_enabled": false},
              "user": {"id": 1, "name": "Administrator", "username": "root", "state": "active"}
            }
            """;

    @TempDir
    Path folder;

    private WebDouble gitLab = WebDouble.start();
    private ProviderJobVerifier verifier = verifier(null);

    private static ProviderJobVerifier verifier(@Nullable SSLContext tls) {
        try {
            return new ProviderJobVerifier(
                    host -> List.of(InetAddress.getAllByName(host)),
                    Clock.systemUTC(),
                    tls == null ? SSLContext.getDefault() : tls,
                    LONGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        verifier.close();
        gitLab.close();
    }

    @Test
    void knowsARunningJobByItsToken() {
        answer(JOB);

        VerifiedJob job = verifier.verify(provider(""), claim("localhost/shop/web", "8"));

        assertThat(job)
                .isEqualTo(new VerifiedJob(
                        new Job(
                                "8",
                                "main",
                                "0ff3ae198f8601a285adcf5c0fff204ee6fba5fd",
                                "root",
                                "https://gitlab.example.com/shop/web/-/jobs/8"),
                        null));
        assertThat(gitLab.asked()).containsExactly(PATH);
    }

    @Test
    void findsTheRepositoryWhateverPortItsUrlHas() {
        answer(JOB);

        assertThat(verifier.verify(provider("/"), claim("localhost:2222/Shop/Web", null))
                        .job()
                        .id())
                .isEqualTo("8");
    }

    @Test
    void knowsAGitLabBelowAPath() {
        gitLab.json("/git/api/v4/job", JOB.replace("example.com/shop", "example.com/git/shop"));

        assertThat(verifier.verify(provider("/git"), claim("localhost/git/shop/web", "8"))
                        .job()
                        .id())
                .isEqualTo("8");
        assertThat(refused(FailureType.UNAUTHENTICATED, "/git", claim("localhost/shop/web", "8")))
                .contains("runs for localhost/git/shop/web, not for localhost/shop/web");
    }

    static Stream<Arguments> otherJobs() {
        return Stream.of(
                Arguments.of(
                        "web_url", "https://x/shop/web-fork/-/jobs/8", "runs for localhost/shop/web-fork, not for"),
                Arguments.of(
                        "web_url", "https://x/evil/shop/web/-/jobs/8", "runs for localhost/evil/shop/web, not for"),
                Arguments.of("web_url", "https://x/shop/web/-/x/-/jobs/8", "runs for localhost/shop/web/-/x, not for"),
                Arguments.of("ref", "refs/merge-requests/2/head", "runs for the merge request refs/merge-requests/2/"),
                Arguments.of("ref", "a b", "invalid branch name"),
                Arguments.of("tag", true, "tag \"main\"; environments are selected by branch"),
                Arguments.of("tag", "no", "tag \"main\"; environments are selected by branch"),
                Arguments.of("status", "success", "is not running: its status is success"),
                Arguments.of("status", "canceled", "is not running: its status is canceled"),
                Arguments.of("status", "", "is not running: its status is "));
    }

    @ParameterizedTest
    @MethodSource("otherJobs")
    void refusesAJobThatIsNotTheOneThatWasClaimed(String field, Object value, String said) {
        answer(jobWith(field, value));

        assertThat(refused(
                        said.contains("not for") ? FailureType.UNAUTHENTICATED : FailureType.FORBIDDEN,
                        "",
                        claim("localhost/shop/web", null)))
                .contains(said);
    }

    @ParameterizedTest
    @CsvSource({"id,9", "web_url,https://x/shop/web", "web_url,javascript:x/-/jobs/8", "ref,''"})
    void cannotTellFromAJobThatContradictsItself(String field, String value) {
        answer(jobWith(field, value));

        assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, "", claim("localhost/shop/web", null)))
                .contains("the response is not a GitLab job");
    }

    private static String jobWith(String field, Object value) {
        JsonMapper json = JsonMapper.builder().build();
        ObjectNode job = (ObjectNode) json.readTree(JOB);
        job.set(field, json.valueToTree(value));
        return json.writeValueAsString(job);
    }

    @Test
    void refusesAnotherJobThanTheOneThatTheTokenIsOf() {
        answer(JOB);

        assertThat(refused(FailureType.FORBIDDEN, "", claim("localhost/shop/web", "9")))
                .isEqualTo("The token belongs to job 8, not of job 9 of localhost/shop/web");
    }

    @Test
    void refusesTheSamePathOfAnotherHost() {
        answer(JOB);

        refused(FailureType.UNAUTHENTICATED, "", claim("gitlab.example.com/shop/web", "8"));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void takesARefusedTokenForNoProof(int status) {
        gitLab.page(PATH, status, "application/json", "{\"message\":\"" + status + " " + TOKEN + "\"}");

        assertThat(refused(FailureType.UNAUTHENTICATED, "", claim("localhost/shop/web", "8")))
                .contains("it is invalid, or its job has ended");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nPRIVATE-TOKEN: x", "ü", "\0"})
    void sendsNothingThatIsNoToken(String token) {
        refused(FailureType.UNAUTHENTICATED, "", new JobClaim(new RepositoryUrl("localhost/shop/web"), "8", token));

        assertThat(gitLab.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 429, 301, 302, 307, 204, 400})
    void cannotTellFromAnAnswerThatIsNone(int status) {
        gitLab.page(PATH, exchange -> {
            exchange.getResponseHeaders().set("Location", gitLab.url() + "/elsewhere");
            WebDouble.send(exchange, status, "text/html", status == 204 ? "" : "<h1>" + TOKEN + "</h1>");
        });

        refused(FailureType.PROVIDER_UNAVAILABLE, "", claim("localhost/shop/web", "8"));
        assertThat(gitLab.asked()).containsExactly(PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"x\"", "{}", "<html>", "{\"id\":8}", "{\"id\":{\"id\":8}}"})
    void cannotTellFromAnAnswerThatIsNoJob(String body) {
        answer(body);

        refused(FailureType.PROVIDER_UNAVAILABLE, "", claim("localhost/shop/web", "8"));
    }

    @Test
    void readsAJobWhateverItsContentTypeSays() {
        gitLab.page(PATH, 200, "text/html; charset=x-unknown", JOB);

        assertThat(verifier.verify(provider(""), claim("localhost/shop/web", "8"))
                        .job()
                        .branch())
                .isEqualTo("main");
    }

    @Test
    void waitsForNobodyForEver() {
        gitLab.silent(PATH);
        assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, "", claim("localhost/shop/web", "8")))
                .contains("no response within 500 ms");

        gitLab.endless(PATH, true);
        assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, "", claim("localhost/shop/web", "8")))
                .contains("no response within 500 ms");
    }

    @Test
    void readsNoAnswerWithoutAnEnd() {
        gitLab.endless(PATH, false);

        assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, "", claim("localhost/shop/web", "8")))
                .contains("larger than 1 MiB");
    }

    @Test
    void cannotTellWhenNobodyListens() {
        GitProvider provider = provider("");
        gitLab.close();

        Refused.with(FailureType.PROVIDER_UNAVAILABLE, verifier, provider, claim("localhost/shop/web", "8"));
    }

    @Test
    void asksOverTlsOnlyWhomItTrusts() throws Exception {
        try (WebDouble secure = WebDouble.start(TestTls.of(folder, "dns:localhost"));
                ProviderJobVerifier trusting = verifier(tls())) {
            secure.json(PATH, JOB);
            GitProvider provider = provider(secure.url());

            assertThat(trusting.verify(provider, claim("localhost/shop/web", "8"))
                            .job()
                            .id())
                    .isEqualTo("8");
            assertThat(Refused.with(
                            FailureType.PROVIDER_UNAVAILABLE, verifier, provider, claim("localhost/shop/web", "8")))
                    .contains("TLS handshake with localhost failed");
            assertThat(secure.asked()).hasSize(1);
        }
    }

    @Test
    void asksNobodyWhoseCertificateHasAnotherName() throws Exception {
        try (WebDouble secure = WebDouble.start(TestTls.of(folder, "dns:other.example"));
                ProviderJobVerifier trusting = verifier(tls())) {
            secure.json(PATH, JOB);

            Refused.with(
                    FailureType.PROVIDER_UNAVAILABLE,
                    trusting,
                    provider(secure.url()),
                    claim("localhost/shop/web", "8"));
            assertThat(secure.asked()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void connectsOnlyToWhereItMay(String host) {
        HostCheck nowhere = name -> {
            throw new SlipwayException(FailureType.ADDRESS_NOT_ALLOWED, "not to " + name);
        };
        GitProvider provider = provider(URI.create(gitLab.url().toString().replace("localhost", host)));
        try (ProviderJobVerifier bounded = new ProviderJobVerifier(nowhere, Clock.systemUTC())) {
            Refused.with(FailureType.ADDRESS_NOT_ALLOWED, bounded, provider, claim("localhost/shop/web", "8"));
        }
        assertThat(gitLab.asked()).isEmpty();
    }

    @Test
    void connectsToTheAddressThatWasChecked() {
        answer(JOB);
        HostCheck pinning = _ -> List.of(InetAddress.getLoopbackAddress());
        GitProvider provider = provider(URI.create(gitLab.url().toString().replace("localhost", "gitlab.invalid")));
        try (ProviderJobVerifier pinned = new ProviderJobVerifier(pinning, Clock.systemUTC())) {
            assertThat(pinned.verify(provider, claim("gitlab.invalid/shop/web", "8"))
                            .job()
                            .id())
                    .isEqualTo("8");
        }
    }

    private SSLContext tls() throws Exception {
        return TestTls.read(folder);
    }

    private void answer(String job) {
        gitLab.page(PATH, exchange -> {
            assertThat(exchange.getRequestMethod()).isEqualTo("GET");
            assertThat(exchange.getRequestHeaders().getFirst("JOB-TOKEN")).isEqualTo(TOKEN);
            WebDouble.send(exchange, 200, "application/json", job);
        });
    }

    private String refused(FailureType type, String path, JobClaim claim) {
        return Refused.with(type, verifier, provider(path), claim);
    }

    private GitProvider provider(String path) {
        return provider(URI.create(gitLab.url() + path));
    }

    private static GitProvider provider(URI url) {
        return new GitProvider("gitlab", GitProvider.Type.GITLAB, url, null, GitProvider.DEFAULT_AUDIENCE);
    }

    private static JobClaim claim(String repository, @Nullable String jobId) {
        return new JobClaim(new RepositoryUrl(repository), jobId, TOKEN);
    }
}
