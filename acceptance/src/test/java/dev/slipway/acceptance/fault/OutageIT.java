package dev.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.NodeAgent;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What the stack stands on goes away for a while, or becomes slow, or is asked for too much. */
@Tag("faults")
class OutageIT {
    @RegisterExtension
    static final Stack stack = Stack.named("fault");

    @RegisterExtension
    static final Aftermath aftermath = new Aftermath(stack);

    private final Deployments deployments = stack.deployments();

    @Test
    void answersFiftyEqualRequestsWithOneDeployment() {
        SampleEnvironment web = SampleEnvironment.of(stack, "fifty", 1).apply().release("v1", SampleService.good("v1"));
        String json = web.deploy("v1").json();
        List<Answer> answers;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Answer>> asked = IntStream.range(0, 50)
                    .mapToObj(
                            _ -> CompletableFuture.supplyAsync(() -> stack.api().deploy(json, "fifty"), clients))
                    .toList();
            answers = asked.stream().map(CompletableFuture::join).toList();
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isEqualTo(202));
        assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
        deployments.awaitEnd(answers.getFirst().text("id"));
        assertThat(listed("fifty")).hasSize(1);
    }

    @Test
    void losesNothingThatWasAcceptedWhenTheDatabaseStopsAtOnce() {
        SampleEnvironment web =
                SampleEnvironment.of(stack, "no-database", 1).apply().release("v1", SampleService.good("v1"));
        deployments.run(web.deploy("v1"));
        Load load = new Load(stack.api(), web.deploy("v1"), 3);
        try (load) {
            await().atMost(Stack.SOON).until(() -> load.accepted().size() > 5);
            await().atMost(Stack.SOON).until(() -> {
                stack.signal("postgres", "QUIT");
                return !load.refused().isEmpty();
            });
            int before = load.accepted().size();
            await().atMost(Stack.SOON).until(() -> load.accepted().size() > before + 5);
        }

        assertThat(load.refused()).allSatisfy(OutageIT::saysWhenToComeBack);
        List<String> ids = load.accepted().values().stream()
                .map(answer -> answer.text("id"))
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        ids.forEach(id ->
                assertThat(deployments.awaitEnd(id).path("status").asString()).isEqualTo("completed"));
    }

    @Test
    void readsGoOnAndWritesAreRefusedWhileTemporalDoesNotAnswer() {
        SampleEnvironment web = SampleEnvironment.of(stack, "no-temporal", 2)
                .apply()
                .release("v1", SampleService.stubborn("v1", 2))
                .release("v2", SampleService.good("v2"));
        deployments.run(web.deploy("v1"));
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.awaitTask("web-1", "running", Stack.SOON);
            stack.signal("temporal", "STOP");
            Instant thaw = Instant.now().plusSeconds(FaultPoints.all() ? 60 : 20);
            // What is still accepted meanwhile comes after the one under way, and changes nothing.
            Answer refused = await().atMost(Stack.SOON)
                    .until(
                            () -> stack.api()
                                    .post("/api/deployments", web.deploy("v2").json()),
                            answer -> answer.status() != 202);
            saysWhenToComeBack(refused);
            assertThat(refused.text("type")).isEqualTo("urn:slipway:problem:temporal-unavailable");
            while (Instant.now().isBefore(thaw)) {
                for (String path : List.of("/api/deployments/" + id, "/api/deployments", "/api/environments")) {
                    Instant asked = Instant.now();
                    stack.api().get(path).expect(200);
                    assertThat(Instant.now()).isBefore(asked.plusSeconds(10));
                }
                await().pollDelay(Duration.ofMillis(500)).until(() -> true);
            }
            stack.signal("temporal", "CONT");

            events.awaitEnd(Duration.ofMinutes(1));
            assertThat(deployments.awaitEnd(id).path("status").asString()).isEqualTo("completed");
            assertThat(web.answers()).containsOnly("v2");
            new Invariants(stack, web).requireOf(id, events);
        }
    }

    @Test
    @Timeout(300)
    void doesNotDelayOthersForTheSakeOfASlowNode() throws IOException {
        int targets = FaultPoints.all() ? 99 : 19;
        URI api = URI.create(stack.stackFile().path("url").asString());
        try (ThrottlingProxy proxy = new ThrottlingProxy(api, 1);
                NodeAgent _ =
                        stack.agent("snail", Map.of("SLIPWAY_URL", proxy.url().toString()))) {
            SampleEnvironment web = SampleEnvironment.of(stack, "slow-node", targets)
                    .with("slow", "snail")
                    .timeout("10s")
                    .apply()
                    .release("v1", SampleService.large("v1", 1 << 20));

            String id = deployments.start(web.deploy("v1").stopping());
            JsonNode held = deployments.awaitWaiting(id);

            JsonNode slow = Deployments.task(held, "slow");
            assertThat(slow.path("errorType").asString()).as("%s", slow).isEqualTo("StepTimedOut");
            for (SampleEnvironment.Place place : web.places()) {
                if (!place.target().equals("slow")) {
                    JsonNode task = Deployments.task(held, place.target());
                    assertThat(task.path("status").asString()).isEqualTo("succeeded");
                    assertThat(Instant.parse(task.path("endedAt").asString()))
                            .isBefore(Instant.parse(slow.path("endedAt").asString()));
                }
            }
            deployments.order(id, "rollback");
            assertThat(deployments.awaitEnd(id).path("endedAt").isString()).isTrue();
        }
    }

    @Test
    void refusesPoisonAtTheEdge() {
        SampleEnvironment web =
                SampleEnvironment.of(stack, "poison", 1).apply().release("v1", SampleService.good("v1"));
        String id = deployments.start(web.deploy("v1"));
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String huge = "x".repeat(2 << 20);
        List<Answer> answers = List.of(
                stack.api().post("/api/deployments", deep),
                stack.api().post("/api/deployments", "{\"release\":\"" + huge + "@v1\",\"environment\":\"poison\"}"),
                stack.api().post("/api/deployments", "{\"release\":\"poison@v1\",\"environment\":\"poi\\u0000son\"}"),
                stack.api().post("/api/deployments/" + id + "/cancel", "{\"reason\":\"" + huge + "\"}"),
                stack.api().apply(web.manifest().replace("hello", "\"a\\0b\"")),
                stack.api().apply(web.manifest().replace("hello", huge)),
                stack.api().apply("a: ".repeat(5_000)),
                stack.api().apply("{".repeat(10_000)));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).isBetween(400, 499);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        });
        assertThat(deployments.awaitEnd(id).path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsExactly("v1");
    }

    private static void saysWhenToComeBack(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).as("%s", answer).isPresent();
    }

    private List<JsonNode> listed(String environment) {
        return stack.api()
                .get("/api/deployments?environment=" + environment)
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .toList();
    }
}
