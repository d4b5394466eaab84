package dev.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.NodeAgent;
import dev.slipway.acceptance.stack.Stack;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** A cancel at any moment of a deployment, also with a node that nobody reaches. */
@Tag("faults")
class CancelIT {
    @RegisterExtension
    static final Stack stack = Stack.named("fault");

    @RegisterExtension
    static final Aftermath aftermath = new Aftermath(stack);

    // A minute for the node that does not answer, and the rest.
    private static final Duration BOUND = Duration.ofSeconds(100);

    private static SampleEnvironment web = SampleEnvironment.of(stack, "cancels", 0);
    private static FaultPoints points = FaultPoints.none();
    private static @Nullable NodeAgent edge;

    private final Deployments deployments = stack.deployments();

    @BeforeAll
    static void learn() {
        edge = stack.agent("edge");
        web = SampleEnvironment.of(stack, "cancels", 0)
                .with("far", "edge")
                .with("near", "local")
                .apply()
                .release("v1", SampleService.stubborn("v1", 1))
                .release("v2", SampleService.good("v2"));
        stack.deployments().run(web.deploy("v1"));
        String clean = stack.deployments().start(web.deploy("v2").rolling());
        try (EventStream events = stack.deployments().events(clean)) {
            events.awaitEnd(Stack.SOON);
            points = FaultPoints.of(events);
        }
    }

    @AfterAll
    static void close() {
        if (edge != null) {
            edge.close();
        }
    }

    static List<String> points() {
        return points.sample(4);
    }

    static List<String> pointsWithFarTouched() {
        return points.from("task far running 1").sample(1);
    }

    @ParameterizedTest
    @MethodSource("points")
    void returnsToWhatRanBefore(String point) {
        JsonNode ended = cancelAt(point, () -> {});

        if (ended.path("status").asString().equals("canceled")) {
            assertThat(web.answers()).containsExactly("v1", "v1");
        } else {
            // The last word was said already.
            assertThat(ended.path("status").asString()).isEqualTo("completed");
            assertThat(web.answers()).containsExactly("v2", "v2");
        }
    }

    @ParameterizedTest
    @MethodSource("pointsWithFarTouched")
    void endsAndListsVersionsWhereANodeCannotBeReached(String point) {
        NodeAgent far = Objects.requireNonNull(edge);
        JsonNode ended = cancelAt(point, far::kill);
        far.start();
        stack.awaitOnline("edge");

        if (!ended.path("status").asString().equals("completed")) {
            assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("failed");
            assertThat(ended.path("errorType").asString()).isEqualTo("TargetsHeld");
            assertThat(ended.path("error").asString()).contains("far (version unknown)");
            assertThat(web.answer("near")).isEqualTo("v1");
        }
        assertThat(deployments.run(web.deploy("v1")).path("status").asString()).isEqualTo("completed");
    }

    private JsonNode cancelAt(String point, Runnable fault) {
        deployments.run(web.deploy("v1"));
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.await(event -> event.key().equals(point), Stack.SOON);
            fault.run();
            int status =
                    stack.api().post("/api/deployments/" + id + "/cancel", "{}").status();
            // It may have ended meanwhile.
            assertThat(status).isIn(202, 409);
            events.awaitEnd(BOUND);
            new Invariants(stack, web).requireOf(id, events);
            return deployments.get(id);
        }
    }
}
