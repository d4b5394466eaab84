package dev.slipway.api.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.Archives;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/** What a CI job gets when it hands in a chart. */
@ApiTest
class GitOpsApiTest {
    private static final String REPOSITORY = "https://gitlab.example.com/shop/web";
    private static final String DECLARED = """
            kind: Environment
            project: shop
            name: production
            gitops:
              branch: main
              iacRepository: iac
              path: charts/shop
              values: {image.tag: "${version}"}
              reconciler: none
            ---
            kind: Environment
            project: shop
            name: preview
            gitops:
              branch: "feature/*"
              iacRepository: iac
              path: charts/preview
              reconciler: none
            ---
            kind: Project
            name: shop
            repository: git@GitLab.example.com:shop/web.git
            provider: gitlab
            ---
            kind: IacRepository
            name: iac
            url: https://gitlab.example.com/ops/iac.git
            ---
            kind: GitProvider
            name: gitlab
            type: gitlab
            url: https://gitlab.example.com
            """;

    @LocalServerPort
    private int port;

    private Api api;

    @BeforeEach
    void declare() {
        api = Api.asOperator(port);
        api.apply(DECLARED).expect(200);
    }

    @Test
    void acceptsAChartAndLetsTheJobFollowThatDeploymentAlone() {
        JsonNode accepted = deploy(form(), null).expect(202).json();

        String id = accepted.path("id").asString();
        assertThat(accepted.path("kind").asString()).isEqualTo("gitops");
        assertThat(accepted.path("status").asString()).isEqualTo("pending");
        assertThat(accepted.path("project").asString()).isEqualTo("shop");
        assertThat(accepted.path("environment").asString()).isEqualTo("shop/production");
        assertThat(accepted.path("version").asString()).isEqualTo("1.4.0");
        assertThat(accepted.path("branch").asString()).isEqualTo("main");
        assertThat(accepted.path("links").path("events").asString()).isEqualTo("/api/deployments/" + id + "/events");
        Api job = api.with(accepted.path("followToken").asString());
        assertThat(job.get("/api/deployments/" + id)
                        .expect(200)
                        .json()
                        .path("followToken")
                        .isMissingNode())
                .isTrue();
        String other = deploy(form(), null).expect(202).json().path("id").asString();
        job.get("/api/deployments/" + other).problem(403, "forbidden");
        job.get("/api/deployments").problem(403, "forbidden");
        job.post("/api/deployments/" + id + "/rollback", "{}").problem(403, "forbidden");
        job.post("/api/apply", "{}").problem(403, "forbidden");
        api.with(accepted.path("followToken").asString() + "x")
                .get("/api/deployments/" + id)
                .problem(401, "unauthenticated");
    }

    @Test
    void refusesAReleaseWhereChartsAreDeployed() {
        assertThat(api.post("/api/deployments", """
                                {"release": "web@v1", "environment": "shop/production"}""").problem(422, "invalid-input"))
                .contains("\"shop/production\" has gitops instead of targets");
    }

    @Test
    void listsItAmongTheOthersAndByItsEnvironment() {
        String id = deploy(form(), null).expect(202).json().path("id").asString();

        assertThat(ids(api.get("/api/deployments?environment=shop/production"))).contains(id);
        assertThat(ids(api.get("/api/deployments?status=pending&limit=1000"))).contains(id);
        assertThat(ids(api.get("/api/deployments?environment=shop/preview"))).doesNotContain(id);
        api.get("/api/deployments?status=shrugged").problem(400, "invalid-input");
    }

    @Test
    void answersTwentyParallelRepetitionsWithTheSameBytes() throws Exception {
        String key = UUID.randomUUID().toString();
        Callable<String> request = () -> deploy(form(), key).expect(202).text();

        Set<String> bodies = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> body : threads.invokeAll(
                    IntStream.range(0, 20).mapToObj(_ -> request).toList())) {
                bodies.add(body.get());
            }
        }

        assertThat(bodies).hasSize(1);
        Map<String, Object> other = form();
        other.put("version", "1.4.1");
        deploy(other, key).problem(422, "idempotency-key-reused");
    }

    @Test
    void tellsNobodyWhichRepositoriesItKnowsWithoutAProof() {
        Map<String, Object> unproven = form();
        unproven.put("jobToken", "stolen");
        Map<String, Object> unknown = new LinkedHashMap<>(unproven);
        unknown.put("repoUrl", REPOSITORY + "-unknown");

        String known = deploy(unproven, null).expect(401).text();

        assertThat(deploy(unknown, null).expect(401).text()).isEqualTo(known.replace("shop/web", "shop/web-unknown"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "repoUrl | https://gitlab.example.com/shop/other | 401 | unauthenticated | Could not verify",
                "repoUrl | ext::sh -c true | 422 | invalid-input | repoUrl",
                "repoUrl | file:///etc | 422 | invalid-input | repoUrl",
                "repoUrl | https://user:secret@gitlab.example.com/shop/web | 422 | invalid-input | password",
                "jobToken | stolen | 401 | unauthenticated | token",
                "jobToken | of-a-fork | 403 | forbidden | fork",
                "jobToken | for release/1 | 422 | no-matching-environment | \"preview\" takes feature/*",
                "version | 1.2 | 422 | invalid-input | version",
                "version | 1.2.3/../4 | 422 | invalid-input | version",
                "version | v1.2.3 | 422 | invalid-input | version",
            })
    void saysWhatIsWrongAndStartsNothing(String field, String value, int status, String type, String detail) {
        int before = api.get("/api/deployments?limit=1000").json().path("items").size();
        Map<String, Object> form = form();
        form.put(field, value);

        assertThat(deploy(form, null).problem(status, type)).contains(detail);

        assertThat(api.get("/api/deployments?limit=1000").json().path("items")).hasSize(before);
    }

    @ParameterizedTest
    @CsvSource({"chart", "repoUrl", "jobToken", "version"})
    void needsEveryPart(String field) {
        Map<String, Object> form = form();
        form.remove(field);

        assertThat(deploy(form, null).problem(400, "invalid-input")).isEqualTo(field + ": is missing");
    }

    @Test
    void refusesAChartThatIsNone() {
        Map<String, Object> form = form();
        form.put("chart", "no archive".getBytes(StandardCharsets.UTF_8));
        deploy(form, null).problem(422, "unsafe-archive");
        form.put("chart", new Archives().file("shop/../../x", 0644, "x").end());
        deploy(form, null).problem(422, "unsafe-archive");
        form.put("chart", new byte[(17 << 20) + 1]);
        deploy(form, null).problem(413, "too-large");
    }

    @Test
    void takesAnyNumberOfBranchesOfAGlob() {
        Map<String, Object> form = form();
        form.put("jobToken", "for feature/blue");

        assertThat(deploy(form, null).expect(202).json().path("environment").asString())
                .isEqualTo("shop/preview");
    }

    @ParameterizedTest
    @ValueSource(strings = {"projects", "projects/shop/environments", "iac-repositories", "git-providers"})
    void showsWhatIsDeclaredSoThatItCanBeAppliedAgain(String kind) {
        JsonNode items = api.get("/api/" + kind).expect(200).json().path("items");

        assertThat(items).isNotEmpty();
        for (JsonNode item : items) {
            assertThat(api.apply(item.toString()).expect(200).json().findValuesAsString("change"))
                    .as("%s", item)
                    .containsExactly("unchanged");
        }
    }

    @Test
    void refusesDocumentsThatSpeakOfWhatIsNotThere() {
        assertThat(api.apply(DECLARED.replace("iacRepository: iac", "iacRepository: icq"))
                        .problem(422, "invalid-input"))
                .contains("there is no IacRepository \"icq\"");
        assertThat(api.apply(DECLARED.replace("path: charts/preview", "path: charts/shop/sub"))
                        .problem(422, "invalid-input"))
                .contains("would overwrite each other");
        assertThat(api.apply(DECLARED.replace("branch: \"feature/*\"", "branch: main"))
                        .problem(422, "invalid-input"))
                .contains("is that of Environment shop/");
    }

    @Test
    void keepsEnvironmentsOfOneNameApartByTheirProjects() {
        String targets = """
                kind: Environment
                name: production
                targets: [{name: a, node: n, component: a, runtime: process, directory: /srv/apart, command: [./a]}]
                """;
        api.apply(targets).expect(200);

        assertThat(api.get("/api/environments/production").json().has("targets"))
                .isTrue();
        assertThat(api.get("/api/projects/shop/environments/production")
                        .json()
                        .at("/gitops/namespace")
                        .asString())
                .isEqualTo("shop");
        assertThat(api.get("/api/projects/shop/environments/prodction").problem(404, "unknown-environment"))
                .contains("in project \"shop\"", "did you mean \"production\"?");
        assertThat(api.get("/api/projects/shpo").problem(404, "unknown-project"))
                .contains("did you mean \"shop\"?");
        assertThat(api.apply(targets.replace("name: production", "name: x\nproject: shpo"))
                        .problem(422, "invalid-input"))
                .contains("Environment shpo/x: project: there is no Project \"shpo\"; did you mean \"shop\"?");
        assertThat(api.apply(targets.replace(
                                "targets:",
                                "gitops: {branch: main, iacRepository: iac, path: x," + " reconciler: none}\ntargets:"))
                        .problem(422, "invalid-input"))
                .contains("targets: does not go with gitops");
    }

    @Test
    void refusesAddressesAndKubeconfigsThatAreNotTaken() {
        assertThat(api.apply("{kind: GitProvider, name: inner, type: gitlab, url: 'http://169.254.169.254'}")
                        .problem(422, "invalid-input"))
                .contains("GitProvider inner: url: Nothing goes to 169.254.169.254");
        api.put("/api/secrets/with-exec", "{\"value\": \"users: [{user: {exec: {}}}]\"}");
        assertThat(api.apply("{kind: Cluster, name: own, kubeconfig: with-exec}")
                        .problem(422, "invalid-input"))
                .contains("users[0].user.exec is not taken")
                .doesNotContain("users: [");
        assertThat(api.apply("{kind: Cluster, name: own, kubeconfig: none}").problem(422, "invalid-input"))
                .contains("none");
    }

    @Test
    void refusesSigningKeysThatAreNotThereOrCannotSign() {
        String repository = "{kind: IacRepository, name: signed, url: 'https://a.example/ops', signingKey: %s}";
        api.put("/api/secrets/public-key", "{\"value\": \"ssh-ed25519 AAAACanary\"}");
        api.put("/api/secrets/private-key", "{\"value\": \"canary\"}");

        assertThat(api.apply(repository.formatted("nobodys")).problem(422, "invalid-input"))
                .contains("IacRepository signed: signingKey: ")
                .contains("nobodys");
        assertThat(api.apply(repository.formatted("public-key")).problem(422, "invalid-input"))
                .contains("IacRepository signed: signingKey: public-key is a public key")
                .doesNotContain("Canary");
        api.apply(repository.formatted("private-key")).expect(200);
    }

    @Test
    void sendsNoCredentialToAnotherHostThanItWasGivenFor() {
        String repository = "{kind: IacRepository, name: moved, url: 'https://%s/ops.git', credential: for-a}";
        api.put("/api/secrets/for-a", "{\"value\": \"canary\"}");
        api.apply(repository.formatted("a.example")).expect(200);

        assertThat(api.apply(repository.formatted("b.example")).problem(422, "invalid-input"))
                .contains("\"for-a\" was given for a.example");
        api.apply(repository.formatted("a.example/team")).expect(200);
    }

    @Test
    void cancelsWhatIsUnderWayAndHasNoTargetsToPause() {
        String id = deploy(form(), null).expect(202).json().path("id").asString();

        assertThat(api.post("/api/deployments/" + id + "/pause", "{}").problem(409, "not-possible-now"))
                .isEqualTo("This kind of deployment does not support pause");
        api.post("/api/deployments/" + id + "/skip", "{\"target\": \"web\"}").problem(404, "unknown-target");
        api.post("/api/deployments/" + id + "/cancel", "{}").expect(202);
        api.post("/api/deployments/" + id + "/rollback", "{}").expect(202);
    }

    private static Set<String> ids(Api.Answer list) {
        Set<String> ids = new HashSet<>();
        list.expect(200)
                .json()
                .path("items")
                .forEach(item -> ids.add(item.path("id").asString()));
        return ids;
    }

    private static Map<String, Object> form() {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("repoUrl", REPOSITORY);
        form.put("jobId", "41");
        form.put("jobToken", "for main");
        form.put("version", "1.4.0");
        form.put(
                "chart",
                new Archives()
                        .file("shop/Chart.yaml", 0644, "apiVersion: v2\nname: shop\nversion: 0.1.0\n")
                        .file("shop/values.yaml", 0644, "image: {tag: none}\n")
                        .end());
        return form;
    }

    private Api.Answer deploy(Map<String, Object> form, @Nullable String key) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        form.forEach((name, value) -> {
            String file = value instanceof byte[] ? "; filename=\"chart.tgz\"\r\nContent-Type: application/gzip" : "";
            body.writeBytes(("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"" + file + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            body.writeBytes(
                    value instanceof byte[] bytes ? bytes : value.toString().getBytes(StandardCharsets.UTF_8));
            body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        body.writeBytes("--edge--\r\n".getBytes(StandardCharsets.UTF_8));
        return api.with(null).send("/api/deploy", request -> {
            if (key != null) {
                request.header("Idempotency-Key", key);
            }
            return request.header("Content-Type", "multipart/form-data; boundary=edge")
                    .POST(Api.bytes(body.toByteArray()));
        });
    }
}
