package dev.slipway.api.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.ApiTestStack;
import dev.slipway.api.Archives;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.timeline.TimelineStore;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.DeploymentControl;
import dev.slipway.workflows.deployment.DeploymentState;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApiTest
class DeploymentApiTest {
    private static final String WEB = """
        {"release":"web@v1","environment":"staging"}\
        """;

    @LocalServerPort
    private int port;

    @Autowired
    private WorkflowClient temporal;

    @Autowired
    private TimelineStore timeline;

    @Autowired
    private DeploymentStore deployments;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void prepare() {
        api = Api.asOperator(port);
        environment("staging", "queue", 3);
        release("v1");
        release("v2");
    }

    @Test
    void acceptsADeploymentAndStartsItsWorkflow() {
        Api.Answer answer = api.post(
                        "/api/deployments",
                        "{\"release\":\"web@v1\",\"environment\":\"staging\",\"strategy\":\"rolling\",\"batch\":\"25%\","
                                + "\"onFailure\":\"stop\",\"force\":true}")
                .expect(202);

        String id = answer.json().path("id").asString();
        assertThat(id).matches("[0-9a-hjkmnp-tv-z]{16}");
        assertThat(answer.header("Location")).isEqualTo("/api/deployments/" + id);
        assertThat(answer.text().replaceAll("\"createdAt\":\"[^\"]+\"", "\"createdAt\":\"…\""))
                .startsWith("{\"id\":\"" + id + "\",\"kind\":\"release\",\"status\":\"pending\",\"phase\":\"QUEUED\","
                        + "\"waiting\":false,\"release\":\"web@v1\",\"project\":\"default\",\"environment\":\"staging\",\"strategy\":\"rolling\","
                        + "\"batch\":\"25%\",\"onFailure\":\"stop\",\"force\":true,\"rollbackOf\":null,"
                        + "\"actor\":\"operator\",\"reason\":\"Accepted; waiting for a worker\",\"error\":null,\"errorType\":null,"
                        + "\"createdAt\":\"…\",\"startedAt\":null,\"endedAt\":null,\"targets\":3,\"tasks\":[{"
                        + "\"target\":\"staging-1\",\"node\":\"local\",\"component\":\"web\",\"status\":\"pending\","
                        + "\"attempt\":0,\"maxAttempts\":3,\"digest\":\"sha256:");
        assertThat(orders(id)).containsExactly("start " + id + " web@v1 3");
        assertThat(api.get("/api/deployments/" + id.substring(0, 15))
                        .expect(200)
                        .text())
                .isEqualTo(answer.text());
    }

    @Test
    void givesAgentsWhatTheTargetsOfTheirNodeDeclared() {
        String id = deploy("web@v1", "staging");
        Api agent = api.with(ApiTestStack.AGENT);
        environment("staging", "queue", 1);

        Api.Answer answer = agent.get("/api/nodes/local/deployments/" + id + "/tasks/staging-2")
                .expect(200);

        assertThat(Payloads.json().readValue(answer.text(), Target.class).name())
                .isEqualTo("staging-2");
        assertThat(deployments
                        .findPlan(new DeploymentId(id), List.of(1))
                        .getFirst()
                        .target()
                        .specification())
                .isEqualTo(Digest.of(answer.text()));
        agent.get("/api/nodes/other/deployments/" + id + "/tasks/staging-2").problem(404, "unknown-target");
        agent.get("/api/nodes/local/deployments/" + id + "/tasks/staging-9").problem(404, "unknown-target");
        agent.get("/api/nodes/local/deployments/nosuch/tasks/staging-2").problem(404, "unknown-target");
    }

    @Test
    void answersFiftyParallelRepetitionsWithTheSameBytes() throws Exception {
        environment("same", "queue", 1);
        Callable<String> request =
                () -> api.post("/api/deployments", "{\"release\":\"web@v1\",\"environment\":\"same\"}", "key-50")
                        .expect(202)
                        .text();

        Set<String> bodies = new HashSet<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> body : threads.invokeAll(
                    IntStream.range(0, 50).mapToObj(_ -> request).toList())) {
                bodies.add(body.get());
            }
        }

        assertThat(bodies).hasSize(1);
        assertThat(api.get("/api/deployments?environment=same").json().path("items"))
                .hasSize(1);
        api.post("/api/deployments", "{\"release\":\"web@v2\",\"environment\":\"same\"}", "key-50")
                .problem(422, "idempotency-key-reused");
        api.post("/api/deployments", WEB, "key with spaces").problem(400, "invalid-input");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 400 | invalid-input | environment: is missing",
                "{\"environment\":\"staging\"} | 400 | invalid-input | release: is missing",
                "[] | 400 | invalid-input | body: must be a JSON object",
                "nonsense | 400 | invalid-input | body: invalid JSON",
                "{\"release\":\"web@v1\" | 400 | invalid-input | body: invalid JSON",
                "{\"release\":\"web\",\"environment\":\"staging\"} | 400 | invalid-input | release:"
                        + " invalid release \"web\"",
                "{\"release\":\"web@v1\",\"enviroment\":\"staging\"} | 400 | invalid-input | enviroment: unknown field;"
                        + " expected one of batch, environment, force",
                "{\"release\":\"web@v1\",\"release\":\"web@v2\",\"environment\":\"staging\"} | 400 | invalid-input |"
                        + " body: invalid JSON",
                "{\"release\":\"web@v1\",\"environment\":\"staging\"}{} | 400 | invalid-input | body",
                "{\"release\":\"web@v1\",\"environment\":[]} | 400 | invalid-input | environment: is malformed",
                "{\"release\":\"web@v1\",\"environment\":\"a\\u0000b\"} | 400 | invalid-input | environment: must not"
                        + " contain NUL",
                "{\"release\":\"web@v1\",\"environment\":\"a\\ud800b\"} | 400 | invalid-input | environment: must not"
                        + " contain NUL",
                "{\"release\":\"web@v1\",\"environment\":\"stagin\"} | 404 | unknown-environment | did you mean"
                        + " \"staging\"?",
                "{\"release\":\"web@v9\",\"environment\":\"staging\"} | 404 | unknown-release | did you mean \"web@v",
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"strategy\":\"canary\"} | 400 | invalid-input |"
                        + " rolling, all-at-once",
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"batch\":\"0\"} | 400 | invalid-input | batch: 0"
                        + " must be 1 or more",
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"batch\":\"101%\"} | 400 | invalid-input |"
                        + " batch: 101%",
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"strategy\":\"all-at-once\",\"batch\":\"2\"} |"
                        + " 422 | invalid-input | batch: requires",
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"onFailure\":\"shrug\"} | 400 | invalid-input |"
                        + " rollback, stop",
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"force\":\"perhaps\"} | 400 | invalid-input |"
                        + " force: is malformed",
            })
    void saysWhatIsWrongWithARequestAndStartsNothing(String body, int status, String type, String detail) {
        int before = api.get("/api/deployments?limit=1000").json().path("items").size();

        assertThat(api.post("/api/deployments", body).problem(status, type)).contains(detail);

        assertThat(api.get("/api/deployments?limit=1000").json().path("items")).hasSize(before);
    }

    @Test
    void refusesAReleaseThatDoesNotFitTheTargets() {
        api.apply("""
            kind: Environment
            name: containers
            targets:
              - {name: c-1, node: local, runtime: docker, component: web, container: c-1}
            """).expect(200);

        assertThat(api.post("/api/deployments", "{\"release\":\"web@v1\",\"environment\":\"containers\"}")
                        .problem(422, "missing-component"))
                .contains("\"c-1\"", "an archive", "docker runs images");
    }

    @Test
    void sendsOrdersToTheWorkflowUntilTheDeploymentHasEnded() {
        String id = deploy("web@v1", "staging");
        String path = "/api/deployments/" + id;

        api.post(path + "/pause", "{\"reason\":\"lunch\"}").expect(202);
        api.post(path + "/resume", "").expect(202);
        api.post(path + "/rollback", "{}").expect(202);
        api.post(path + "/retry", "{\"target\":\"staging-1\"}").expect(200);
        api.post(path + "/skip", "{\"target\":\"staging-3\"}").expect(200);
        assertThat(api.post(path + "/retry", "{\"target\":\"staging-2\"}").problem(409, "not-possible-now"))
                .isEqualTo("staging-2 has not failed");
        api.post(path + "/retry", "{\"target\":\"staging-9\"}").problem(404, "unknown-target");
        api.post(path + "/retry", "{}").problem(400, "invalid-input");
        api.post(path + "/pause", "{\"raeson\":\"lunch\"}").problem(400, "invalid-input");
        api.post(path + "/cancel", "{\"reason\":\"enough\"}").expect(202);

        assertThat(orders(id).stream().skip(1))
                .containsExactly(
                        "pause lunch",
                        "resume",
                        "Rolled back by operator",
                        "retry staging-1",
                        "skip staging-3",
                        "Canceled by operator: enough");
        end(id, DeploymentStatus.CANCELED);
        for (String order : List.of("cancel", "pause", "resume")) {
            assertThat(api.post(path + "/" + order, "").problem(409, "not-possible-now"))
                    .contains("has ended");
        }
        api.post(path + "/skip", "{\"target\":\"staging-3\"}").problem(409, "not-possible-now");
    }

    @Test
    void rollsAnEndedDeploymentBackByOneOfItsOwn() {
        environment("past", "queue", 1);
        String first = deploy("web@v1", "past");
        complete(first);
        assertThat(api.post("/api/deployments/" + first + "/rollback", "").problem(409, "no-rollback-target"))
                .contains("web@v1", "\"past\"");
        String second = deploy("web@v2", "past");
        complete(second);

        Api.Answer back = api.post("/api/deployments/" + second + "/rollback", "{\"reason\":\"slow\"}", "back")
                .expect(202);
        Api.Answer again = api.post("/api/deployments/" + second + "/rollback", "{\"reason\":\"slow\"}", "back")
                .expect(202);

        assertThat(again.text()).isEqualTo(back.text());
        assertThat(back.json().path("rollbackOf").asString()).isEqualTo(second);
        assertThat(back.json().path("release").asString()).isEqualTo("web@v1");
        assertThat(back.json().path("strategy").asString()).isEqualTo("all-at-once");
        assertThat(back.json().path("onFailure").asString()).isEqualTo("stop");
        String id = back.json().path("id").asString();
        assertThat(temporal.newUntypedWorkflowStub(WorkflowIds.ofDeployment(new DeploymentId(id)))
                        .describe()
                        .getWorkflowType())
                .isEqualTo("Rollback");
    }

    @Test
    void answersARollbackAgainThatWasAskedWhileTheDeploymentWasUnderWay() {
        environment("lost", "queue", 1);
        String first = deploy("web@v1", "lost");
        complete(first);
        String second = deploy("web@v2", "lost");
        String rollback = "/api/deployments/" + second + "/rollback";
        Api.Answer asked = api.post(rollback, "{\"reason\":\"slow\"}", "lost").expect(202);
        assertThat(asked.json().path("id").asString()).isEqualTo(second);

        end(second, DeploymentStatus.CANCELED);

        assertThat(api.post(rollback, "{\"reason\":\"slow\"}", "lost")
                        .expect(202)
                        .text())
                .isEqualTo(asked.text());
        assertThat(api.get("/api/deployments?environment=lost").json().path("items"))
                .hasSize(2);
        api.post(rollback, "{\"reason\":\"other\"}", "lost").problem(422, "idempotency-key-reused");
    }

    @Test
    void obeysAnOrderForATargetOnceUnderOneKey() {
        environment("once", "queue", 1);
        String id = deploy("web@v1", "once");
        String path = "/api/deployments/" + id;

        for (String order : List.of("retry", "retry", "skip", "skip")) {
            api.post(path + "/" + order, "{\"target\":\"once-1\"}", "order").expect(200);
        }

        assertThat(orders(id).stream().skip(1)).containsExactly("retry once-1", "skip once-1");
    }

    @Test
    void refusesASecondDeploymentWhereTheEnvironmentSaysSo() {
        environment("strict", "reject", 1);
        String first = deploy("web@v1", "strict");

        assertThat(api.post("/api/deployments", "{\"release\":\"web@v2\",\"environment\":\"strict\"}")
                        .problem(409, "environment-busy"))
                .contains(first);
    }

    @Test
    void listsPageByPageTheNewestFirst() {
        environment("paged", "queue", 1);
        List<String> ids =
                Stream.generate(() -> deploy("web@v1", "paged")).limit(3).toList();

        var first = api.get("/api/deployments?environment=paged&limit=2")
                .expect(200)
                .json();
        assertThat(first.path("items")).hasSize(2);
        assertThat(first.at("/items/0/tasks").isMissingNode()).isTrue();
        var second = api.get("/api/deployments?environment=paged&limit=2&cursor="
                        + first.path("next").asString())
                .expect(200)
                .json();
        assertThat(second.path("items")).hasSize(1);
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(Stream.of(first.at("/items/0/id"), first.at("/items/1/id"), second.at("/items/0/id"))
                        .map(node -> node.asString()))
                .containsExactlyInAnyOrderElementsOf(ids);

        assertThat(api.get("/api/deployments?environment=paged&status=completed")
                        .json()
                        .path("items"))
                .isEmpty();
        api.get("/api/deployments?status=done").problem(400, "invalid-input");
        api.get("/api/deployments?limit=0").problem(400, "invalid-input");
        api.get("/api/deployments?limit=many").problem(400, "invalid-input");
        api.get("/api/deployments?environment=a%00b").problem(400, "invalid-input");
        api.get("/api/deployments/zzzz").problem(404, "unknown-deployment");
        api.get("/api/deployments/..%2fx").expect(400);
    }

    @Test
    void tellsTheHistoryThatTemporalKeeps() {
        String id = deploy("web@v1", "staging");
        api.post("/api/deployments/" + id + "/pause", "").expect(202);

        var history = api.get("/api/deployments/" + id + "/history").expect(200).json();

        assertThat(history.path("workflowId").asString()).isEqualTo("deployment/" + id);
        assertThat(history.path("temporalUi").asString())
                .startsWith("http://127.0.0.1:8233/namespaces/")
                .endsWith(history.path("runId").asString() + "/history");
        assertThat(history.at("/items/0/type").asString()).isEqualTo("WorkflowExecutionStarted");
        assertThat(history.at("/items/0/name").asString()).isEqualTo("ReleaseDeployment");
        var page = api.get("/api/deployments/" + id + "/history?limit=1")
                .expect(200)
                .json();
        assertThat(page.path("items").size()).isPositive();
        api.get("/api/deployments/" + id + "/history?cursor=x").problem(400, "invalid-input");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"force\":0}",
                "{\"release\":\"web@v1\",\"environment\":\"staging\",\"force\":\"true\"}",
                "{\"release\":\"web@v1\",\"environment\":5}",
                "{\"release\":\"web@v1\",\"environment\":true}"
            })
    void takesNoNumberForATextAndNoTextForABoolean(String body) {
        api.post("/api/deployments", body).problem(400, "invalid-input");
    }

    @Test
    void takesNoQueryThatIsMalformed() {
        assertThat(api.get("/api/deployments?=&limit=1").problem(400, "invalid-input"))
                .contains("query");
    }

    @Test
    void makesAReleaseOnceAndNeverChangesIt() {
        byte[] archive = Archives.simple("release");
        api.upload(archive).expect(204);
        String body = "{\"name\":\"shop\",\"version\":\"v1\",\"components\":[{\"name\":\"web\",\"archive\":\""
                + Api.digest(archive) + "\"},{\"name\":\"api\",\"image\":\"registry.example/shop/api:1.0\"}]}";

        Api.Answer made = api.post("/api/releases", body).expect(201);
        assertThat(made.json().path("components").toString())
                .isEqualTo("[{\"name\":\"web\",\"type\":\"archive\",\"digest\":\"" + Api.digest(archive)
                        + "\",\"size\":" + archive.length + "},{\"name\":\"api\",\"type\":\"image\",\"repository\":"
                        + "\"registry.example/shop/api\",\"digest\":\"sha256:" + "c".repeat(64) + "\"}]");
        assertThat(api.post("/api/releases", body).expect(200).text()).isEqualTo(made.text());
        assertThat(api.get("/api/releases/shop/v1").expect(200).text()).isEqualTo(made.text());
        api.post("/api/releases", body.replace("shop/api", "shop/other")).problem(409, "release-exists");
        api.post("/api/releases", body.replace("v1", "v2").replace("api:1.0", "missing:1"))
                .problem(422, "image-not-found");
        api.post("/api/releases", body.replace("\"archive\"", "\"image\":\"x\",\"archive\""))
                .problem(422, "invalid-input");
        api.post(
                        "/api/releases",
                        body.replace("v1", "v2").replaceAll("sha256:[0-9a-f]{64}", "sha256:" + "0".repeat(64)))
                .problem(404, "unknown-artifact");
        assertThat(api.get("/api/releases/shop/v2").problem(404, "unknown-release"))
                .contains("did you mean \"shop@v1\"?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"v1\"|\"../v2\"|version",
                "\"v1\"|\"\"|version",
                "\"bazaar\"|\"-bazaar\"|name",
                "\"web\"|\"$(id)\"|components[0].name",
                "\"web\"|\"api\"|components",
                "registry.example/shop/api:1.0|no image|components[1].image",
                "sha256:|sha1:|components[0].archive"
            })
    void namesTheWholePathOfAValueThatNoReleaseMayHave(String good, String bad, String field) {
        byte[] archive = Archives.simple("bazaar");
        api.upload(archive);
        String body = "{\"name\":\"bazaar\",\"version\":\"v1\",\"components\":[{\"name\":\"web\",\"archive\":\""
                + Api.digest(archive) + "\"},{\"name\":\"api\",\"image\":\"registry.example/shop/api:1.0\"}]}";

        Api.Answer answer = api.post("/api/releases", body.replace(good, bad));

        assertThat(answer.problem(422, "invalid-input")).startsWith(field + ": ");
        assertThat(answer.json().path("field").asString()).isEqualTo(field);
    }

    @Test
    void listsReleasesPageByPageThoughOneIsMadeMeanwhile() {
        release("paged1");
        release("paged2");
        var first = api.get("/api/releases?limit=1").expect(200).json();
        assertThat(first.at("/items/0/version").asString()).isEqualTo("paged2");

        release("paged3");
        String cursor = "?limit=1&cursor=" + first.path("next").asString();

        for (String list : List.of("/api/releases", "/api/releases/web")) {
            assertThat(api.get(list + cursor)
                            .expect(200)
                            .json()
                            .at("/items/0/version")
                            .asString())
                    .isEqualTo("paged1");
        }
        api.get("/api/releases?cursor=1").problem(400, "invalid-input");
        assertThat(api.get("/api/releases/nothing").problem(404, "unknown-release"))
                .contains("nothing");
    }

    private void environment(String name, String concurrency, int targets) {
        StringBuilder document = new StringBuilder(
                "kind: Environment\nname: " + name + "\nconcurrency: " + concurrency + "\ntargets:\n");
        for (int i = 1; i <= targets; i++) {
            document.append(
                    "  - {name: %1$s-%2$d, node: local, runtime: process, component: web, directory: /srv/%1$s-%2$d, command: [./start]}\n"
                            .formatted(name, i));
        }
        api.apply(document.toString()).expect(200);
    }

    private void release(String version) {
        byte[] archive = Archives.simple(version);
        api.upload(archive);
        api.post(
                "/api/releases",
                "{\"name\":\"web\",\"version\":\"" + version + "\",\"components\":[{\"name\":\"web\",\"archive\":\""
                        + Api.digest(archive) + "\"}]}");
    }

    private String deploy(String release, String environment) {
        return api.post("/api/deployments", "{\"release\":\"" + release + "\",\"environment\":\"" + environment + "\"}")
                .expect(202)
                .json()
                .path("id")
                .asString();
    }

    private List<String> orders(String id) {
        WorkflowStub workflow = temporal.newUntypedWorkflowStub(WorkflowIds.ofDeployment(new DeploymentId(id)));
        Supplier<List<String>> orders = () ->
                workflow.query(DeploymentControl.STATE, DeploymentState.class).failed();
        await().atMost(Duration.ofMinutes(1)).until(() -> !orders.get().isEmpty());
        return orders.get();
    }

    private void complete(String id) {
        for (DeploymentStatus status :
                List.of(DeploymentStatus.PREPARING, DeploymentStatus.RUNNING, DeploymentStatus.COMPLETING)) {
            append(id, Change.to(status));
        }
        end(id, DeploymentStatus.COMPLETED);
    }

    private void end(String id, DeploymentStatus status) {
        append(id, new Change.Ended(status.wireName(), null));
    }

    private void append(String id, Change change) {
        timeline.append(
                new DeploymentId(id),
                List.of(new TimelineEvent(
                        change.toString(), Instant.now(), change, Message.text("because"), Actor.OPERATOR)));
    }
}
