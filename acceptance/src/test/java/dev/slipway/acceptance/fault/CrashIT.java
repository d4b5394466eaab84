package dev.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.invariant.Ledger;
import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Api;
import dev.slipway.acceptance.stack.DeployedServices;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.EventStream.Event;
import dev.slipway.acceptance.stack.NodeAgent;
import dev.slipway.acceptance.stack.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Whatever dies or freezes on the way: the deployment ends as if nothing had been, and no step is done twice. */
@Tag("faults")
class CrashIT {
    @RegisterExtension
    static final Stack stack = Stack.named("fault");

    @RegisterExtension
    static final Aftermath aftermath = new Aftermath(stack);

    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(10);

    private static final String LOCAL = "local";

    /** A node of its own: what kills the server does not kill its agent. */
    private static final String EDGE = "edge";

    private static @Nullable NodeAgent edge;

    private final Deployments deployments = stack.deployments();
    private final Path localState = stack.data().resolve("agents/local");

    @BeforeAll
    static void startAgent() {
        edge = stack.agent(EDGE);
    }

    @AfterAll
    static void stopAgent() {
        edge().close();
    }

    private static NodeAgent edge() {
        return Objects.requireNonNull(edge);
    }

    @Test
    void goesOnWhenTheServerIsKilled() {
        SampleEnvironment web = running("killed-server", EDGE, SampleService.stubborn("v1", 2));
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.awaitTask("web-1", "running", Stack.SOON);
            Instant killed = Instant.now();
            stack.kill("server");

            Event next = events.await(event -> at(event).isAfter(killed), Stack.SOON);
            assertThat(at(next)).isBefore(killed.plus(Stack.SOON));
            requireCompleted(web, id, events);
            assertThat(events.connections()).isGreaterThan(1);
        }
    }

    @Test
    void keepsServicesAndTriesAStepOfItsOwnNodeAgainWhenTheServerIsKilled() {
        SampleEnvironment web = running("killed-node", LOCAL, SampleService.stubborn("v1", 3));
        Optional<Long> untouched = DeployedServices.pid(localState, "killed-node", "web-3");
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.awaitTask("web-1", "running", Stack.SOON);
            awaitAgentAtWork(id, "web-1");
            long temporal = stack.pid("temporal");
            stack.kill("server");
            assertThat(web.answer("web-3")).isEqualTo("v1");

            events.awaitTask("web-1", "retrying", Stack.RESTART);
            assertThat(DeployedServices.pid(localState, "killed-node", "web-3")).isEqualTo(untouched);
            assertThat(stack.pid("temporal")).isEqualTo(temporal);
            requireCompleted(web, id, events);
        }
    }

    @Test
    void isSupervisedAgainAfterItsSupervisorWasKilled() {
        long killed = stack.pid("supervisor");
        long server = stack.pid("server");

        stack.kill("supervisor");

        await().atMost(Stack.SOON).until(() -> stack.pid("supervisor") != killed);
        assertThat(stack.pid("server")).isEqualTo(server);
        stack.kill("server");
        stack.awaitReady();
    }

    @Test
    void triesAStepAgainWhenTheAgentIsKilledInTheMiddleOfIt() {
        SampleEnvironment web = running("killed-agent", EDGE, SampleService.stubborn("v1", 3));
        Optional<Long> untouched = DeployedServices.pid(edge().state(), "killed-agent", "web-3");
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.awaitTask("web-1", "running", Stack.SOON);
            awaitAgentAtWork(id, "web-1");
            Instant killed = Instant.now();
            edge().kill();
            assertThat(web.answer("web-2")).isEqualTo("v1");
            assertThat(web.answer("web-3")).isEqualTo("v1");

            edge().start();
            Event retry = events.awaitTask("web-1", "retrying", Stack.SOON);
            assertThat(at(retry)).isBefore(killed.plus(HEARTBEAT_TIMEOUT).plus(Stack.SOON));
            assertThat(DeployedServices.pid(edge().state(), "killed-agent", "web-3"))
                    .isEqualTo(untouched);
            requireCompleted(web, id, events);
            assertThat(Deployments.task(deployments.get(id), "web-1")
                            .path("attempt")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void turnsTheStepOfAFrozenAgentAwayOnceAnotherAttemptHasBegun() {
        SampleEnvironment web = running("frozen-agent", EDGE, SampleService.stubborn("v1", 3));
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.awaitTask("web-1", "running", Stack.SOON);
            awaitAgentAtWork(id, "web-1");
            Instant frozen = Instant.now();
            edge().signal("STOP");
            events.awaitTask("web-1", "retrying", Stack.SOON);
            Duration freeze = Duration.ofSeconds(FaultPoints.all() ? 30 : 15);
            await().atMost(Stack.SOON.plus(freeze)).until(() -> Instant.now().isAfter(frozen.plus(freeze)));
            edge().signal("CONT");

            requireCompleted(web, id, events);
            assertThat(Ledger.of(edge().state(), "frozen-agent", "web-1").of(id))
                    .hasSize(1);
        }
    }

    @Test
    void startsOnceWhatWasAcceptedByAServerThatDiedBeforeItStartedTheWorkflow() {
        SampleEnvironment web = running("never-started", LOCAL, SampleService.good("v1"));
        String json = web.deploy("v2").json();
        CompletableFuture<Api.Answer> unanswered;
        String id;
        do {
            // So that Temporal counts as reachable for the next two seconds, which a loaded machine may miss.
            deployments.run(web.deploy("v1"));
            stack.signal("temporal", "STOP");
            CompletableFuture<Api.Answer> asked =
                    CompletableFuture.supplyAsync(() -> stack.api().deploy(json, "never-started"));
            id = await().atMost(Stack.SOON)
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> newest("never-started", "never-started@v2"),
                            found -> !found.isEmpty() || asked.isDone());
            if (id.isEmpty()) {
                stack.signal("temporal", "CONT");
                // It was refused, and so is everything for as long as Temporal counts as unreachable.
                String again = web.deploy("v1").json();
                await().atMost(Stack.SOON)
                        .until(() -> stack.api().post("/api/deployments", again).status() == 202);
            }
            unanswered = asked;
        } while (id.isEmpty());
        stack.kill("server");
        stack.signal("temporal", "CONT");

        await().atMost(Stack.SOON).until(unanswered::isDone);
        stack.awaitReady();
        try (EventStream events = deployments.events(id)) {
            requireCompleted(web, id, events);
        }
        assertThat(stack.api().deploy(json, "never-started").expect(202).text("id"))
                .isEqualTo(id);
        for (SampleEnvironment.Place place : web.places()) {
            assertThat(Ledger.of(localState, "never-started", place.target()).of(id))
                    .hasSize(1);
        }
    }

    @Test
    void goesOnAfterEverythingWasKilledAtOnce() {
        SampleEnvironment web = running("killed-all", LOCAL, SampleService.stubborn("v1", 8));
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.awaitTask("web-2", "running", Stack.SOON);
            stack.killAll();
            assertThat(web.answers()).doesNotContain(SampleEnvironment.NOTHING);
            stack.up();

            requireCompleted(web, id, events);
        }
    }

    /** Three targets that run v1, and a v2 to deploy. */
    private SampleEnvironment running(String name, String node, Archive v1) {
        SampleEnvironment web = SampleEnvironment.of(stack, name, 3, node)
                .apply()
                .release("v1", v1)
                .release("v2", SampleService.good("v2"));
        assertThat(deployments.run(web.deploy("v1")).path("status").asString()).isEqualTo("completed");
        return web;
    }

    /** Waits until the agent stops the old service, which takes a while. */
    private void awaitAgentAtWork(String id, String target) {
        await().atMost(Stack.SOON)
                .until(
                        () -> stack.api()
                                .get("/api/deployments/" + id + "/logs?target=" + target)
                                .body(),
                        log -> log.contains("unpacked") || log.contains("Unpacked"));
    }

    private void requireCompleted(SampleEnvironment web, String id, EventStream events) {
        events.awaitEnd(Duration.ofMinutes(1));
        JsonNode ended = deployments.awaitEnd(id);
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("completed");
        assertThat(web.answers()).containsOnly("v2");
        Invariants invariants = new Invariants(stack, web);
        invariants.requireOf(id, events);
        stack.awaitReady();
        deployments.awaitEnd(invariants.requireNextAccepted(web.deploy("v1")));
        assertThat(web.answers()).containsOnly("v1");
    }

    private String newest(String environment, String release) {
        JsonNode newest = stack.api()
                .get("/api/deployments?limit=1&environment=" + environment)
                .expect(200)
                .json()
                .path("items")
                .path(0);
        return newest.path("release").asString().equals(release)
                ? newest.path("id").asString()
                : "";
    }

    private static Instant at(Event event) {
        return Instant.parse(event.data().path("at").asString());
    }
}
