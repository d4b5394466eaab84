package dev.slipway.acceptance.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.invariant.Ledger;
import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleEnvironment.Place;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Api;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.EventStream.Event;
import dev.slipway.acceptance.stack.NodeAgent;
import dev.slipway.acceptance.stack.Replica;
import dev.slipway.acceptance.stack.Signals;
import dev.slipway.acceptance.stack.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Servers in roles of their own beside the stack's, which does both: whichever is asked, and whichever dies. */
class ReplicaIT {
    @RegisterExtension
    static final Stack stack = Stack.named("shape");

    // Less than the 15 s after which a stream looks by itself for further events.
    private static final Duration LIVE = Duration.ofSeconds(12);
    private static final int KEYS = 5;

    private static Replica api;

    private final Deployments deployments = stack.deployments();

    @BeforeAll
    static void startReplica() {
        api = stack.replica("api");
    }

    @AfterAll
    static void stopReplica() {
        api.close();
    }

    @AfterEach
    void requireCalm() {
        stack.recover();
        Invariants.requireNoErrors(stack);
        Invariants.requireNoErrorsOf(api.log(), stack);
    }

    @Test
    void tellsLiveAndWithoutAGapOfWhatWasStartedOverAnotherReplica() {
        SampleEnvironment web = running("followed", "local", SampleService.stubborn("v1", 1));

        requireFollowed(web.deploy("v2").rolling(), deployments, api.deployments());
        requireFollowed(web.deploy("v1").rolling(), api.deployments(), deployments);
    }

    private static void requireFollowed(Deployments.Request request, Deployments started, Deployments other) {
        String id = started.start(request);
        try (EventStream events = other.events(id);
                EventStream own = started.events(id)) {
            for (String target : List.of("web-1", "web-2", "web-3")) {
                Event begun = events.awaitTask(target, "running", Stack.SOON);
                assertThat(Duration.between(at(begun), Instant.now())).isLessThan(LIVE);
            }
            Event end = events.awaitEnd(Stack.SOON);
            assertThat(Duration.between(at(end), Instant.now())).isLessThan(LIVE);
            assertThat(end.status()).isEqualTo("completed");
            Invariants.requireEventsWithoutGap(events);
            own.awaitEnd(LIVE);
            assertThat(events.events()).isEqualTo(own.events());
            assertThat(events.connections()).isEqualTo(1);
        }
    }

    @Test
    void makesOneDeploymentOfAKeyThatIsSentToTwoReplicasAtOnce() {
        SampleEnvironment web = running("keyed", "local", SampleService.good("v1"));
        String json = web.deploy("v1").json();
        List<String> ids = new ArrayList<>(ids("keyed"));

        for (int key = 1; key <= KEYS; key++) {
            List<Answer> answers = atOnce(json, "keyed-" + key, stack.api(), api.api(), stack.api(), api.api());

            assertThat(answers).allMatch(answer -> answer.status() == 202);
            assertThat(answers.stream().map(Answer::body).distinct()).hasSize(1);
            ids.add(answers.getFirst().text("id"));
        }

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids("keyed")).containsExactlyInAnyOrderElementsOf(ids);
        ids.forEach(deployments::awaitEnd);
    }

    @Test
    void goesOnOverTheOtherReplicasWhenTheServerIsKilled() {
        try (NodeAgent _ = stack.agent("far", Map.of("SLIPWAY_URL", api.url().toString()))) {
            SampleEnvironment web = running("killed-replica", "far", SampleService.stubborn("v1", 3));
            String id = deployments.start(web.deploy("v2").rolling());
            try (EventStream events = deployments.events(id)) {
                events.awaitTask("web-1", "running", Stack.SOON);
                // Held, so that the server alone has worked for it when the other worker comes.
                deployments.order(id, "pause");
                deployments.awaitWaiting(id);
                try (Replica worker = stack.replica("worker")) {
                    deployments.order(id, "resume");
                    events.awaitTask("web-2", "running", Stack.SOON);
                    requireTakenOver(web, id, events, worker);
                    Invariants.requireNoErrorsOf(worker.log(), stack);
                }
                stack.recover();
                new Invariants(stack, web).requireOf(id, events);
            }
        }
    }

    private void requireTakenOver(SampleEnvironment web, String id, EventStream events, Replica worker) {
        assertThat(workers(id)).allMatch(identity -> !identity.startsWith(worker.identity()));
        stack.signal("supervisor", "STOP");
        try (Questions questions = new Questions(api.api(), "/api/deployments/" + id)) {
            events.goOnAt(api);
            Instant killed = Instant.now();
            Signals.send("KILL", stack.pid("server"));

            Event next = events.await(event -> at(event).isAfter(killed), Stack.SOON);
            assertThat(at(next)).isBefore(killed.plusSeconds(15));
            assertThat(events.awaitEnd(Duration.ofMinutes(1)).status()).isEqualTo("completed");
            assertThat(questions.unanswered()).isEmpty();
            assertThat(questions.answered()).isGreaterThan(10);
        }
        assertThat(events.connections()).isEqualTo(2);
        Invariants.requireEventsWithoutGap(events);
        assertThat(workers(id).getLast()).startsWith(worker.identity());
        for (Place place : web.places()) {
            assertThat(Ledger.of(stack.data().resolve("agents/far"), web.name(), place.target())
                            .of(id))
                    .hasSize(1);
        }
        assertThat(web.answers()).containsOnly("v2");

        JsonNode next = api.deployments().run(web.deploy("v1"));
        assertThat(next.path("status").asString()).as("%s", next).isEqualTo("completed");
    }

    @Test
    void asksForWorkOnlyAsAWorkerAndServesTheApiOnlyAsAnApi() {
        try (Replica worker = stack.replica("worker")) {
            String pollers = stack.temporal(
                            "task-queue", "describe", "--task-queue", "control-plane", "--output", "json")
                    .expect(0)
                    .output();
            assertThat(pollers)
                    .contains("\"" + worker.identity())
                    .contains("\"" + stack.pid("server") + "@")
                    .doesNotContain("\"" + api.identity());

            Api nobody = worker.api().as(null);
            assertThat(nobody.get("/actuator/health/liveness").status()).isEqualTo(200);
            assertThat(nobody.get("/actuator/health/readiness").status()).isEqualTo(200);
            for (String path : List.of("/api/nodes", "/api/deployments", "/api/openapi.json", "/", "/login")) {
                assertThat(worker.api().get(path).status()).as(path).isIn(401, 403, 404);
            }
            assertThat(worker.api().deploy("{}", "nowhere").status()).isIn(401, 403, 404);
            Invariants.requireNoErrorsOf(worker.log(), stack);
        }
    }

    @Test
    void showsNothingOfItsInsidesInAnyRole() {
        try (Replica worker = stack.replica("worker")) {
            for (Replica replica : List.of(api, worker)) {
                for (String path : List.of("heapdump", "threaddump", "env", "beans", "configprops", "metrics")) {
                    assertThat(replica.api().get("/actuator/" + path).status())
                            .as("%s of %s", path, replica.log())
                            .isIn(401, 403, 404);
                }
            }
            assertThat(stack.log(worker.log())).doesNotContainIgnoringCase("password");
        }
    }

    /** Three targets that run v1, and a v2 to deploy. */
    private SampleEnvironment running(String name, String node, Archive v1) {
        SampleEnvironment web = SampleEnvironment.of(stack, name, 0)
                .with("web-1", node)
                .with("web-2", node)
                .with("web-3", node)
                .apply()
                .release("v1", v1)
                .release("v2", SampleService.good("v2"));
        assertThat(deployments.run(web.deploy("v1")).path("status").asString()).isEqualTo("completed");
        return web;
    }

    private static List<Answer> atOnce(String json, String key, Api... replicas) {
        CyclicBarrier start = new CyclicBarrier(replicas.length);
        List<CompletableFuture<Answer>> answers = Stream.of(replicas)
                .map(replica -> CompletableFuture.supplyAsync(
                        () -> {
                            await(start);
                            return replica.deploy(json, key);
                        },
                        Thread::startVirtualThread))
                .toList();
        return answers.stream().map(CompletableFuture::join).toList();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> ids(String environment) {
        List<String> ids = new ArrayList<>();
        stack.api()
                .get("/api/deployments?limit=100&environment=" + environment)
                .expect(200)
                .json()
                .path("items")
                .forEach(deployment -> ids.add(deployment.path("id").asString()));
        return ids;
    }

    /** Who has taken each decision of a deployment, in their order, as Temporal knows them. */
    private static List<String> workers(String deployment) {
        List<String> workers = new ArrayList<>();
        String history = stack.temporal(
                        "workflow", "show", "--workflow-id", "deployment/" + deployment, "--output", "json")
                .expect(0)
                .output();
        for (JsonNode event : JsonMapper.shared().readTree(history).path("events")) {
            JsonNode completed = event.path("workflowTaskCompletedEventAttributes");
            if (completed.isObject()) {
                workers.add(completed.path("identity").asString());
            }
        }
        return workers;
    }

    private static Instant at(Event event) {
        return Instant.parse(event.data().path("at").asString());
    }
}
