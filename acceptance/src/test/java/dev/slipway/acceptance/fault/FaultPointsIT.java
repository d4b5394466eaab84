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
import java.util.ArrayList;
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

/** A fault at any moment of a deployment. */
@Tag("faults")
class FaultPointsIT {
    @RegisterExtension
    static final Stack stack = Stack.named("fault");

    @RegisterExtension
    static final Aftermath aftermath = new Aftermath(stack);

    private static final Duration BOUND = Duration.ofMinutes(2);

    /** A node of its own: what kills the server does not kill its agent. */
    private static @Nullable NodeAgent edge;

    private static SampleEnvironment web = SampleEnvironment.of(stack, "moments", 2);
    private static FaultPoints points = FaultPoints.none();

    private final Deployments deployments = stack.deployments();

    /** What happens at a point. */
    enum Fault {
        KILL_AGENT {
            @Override
            void strike(String deployment, EventStream events) {
                edge().kill();
                edge().start();
            }
        },
        KILL_SERVER {
            @Override
            void strike(String deployment, EventStream events) {
                stack.kill("server");
            }
        },
        KILL_TEMPORAL {
            @Override
            void strike(String deployment, EventStream events) {
                stack.kill("temporal");
            }
        },
        STOP_DATABASE {
            @Override
            void strike(String deployment, EventStream events) {
                stack.signal("postgres", "QUIT");
            }
        },
        BREAK_EVENT_STREAM {
            @Override
            void strike(String deployment, EventStream events) {
                events.disconnect();
            }
        };

        abstract void strike(String deployment, EventStream events);
    }

    record Case(String point, Fault fault) {}

    @BeforeAll
    static void learn() {
        edge = stack.agent("edge");
        web = SampleEnvironment.of(stack, "moments", 2, "edge")
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
    static void stopAgent() {
        edge().close();
    }

    private static NodeAgent edge() {
        return Objects.requireNonNull(edge);
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        Fault[] faults = Fault.values();
        List<String> sample = points.sample(faults.length);
        for (int i = 0; i < sample.size(); i++) {
            for (int j = 0; j < faults.length; j++) {
                if (FaultPoints.all() || i == j) {
                    cases.add(new Case(sample.get(i), faults[j]));
                }
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void endsAsIfNothingHadBeen(Case sample) {
        deployments.run(web.deploy("v1"));
        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.await(event -> event.key().equals(sample.point()), Stack.SOON);
            sample.fault().strike(id, events);

            events.awaitEnd(BOUND);
            JsonNode ended = deployments.awaitEnd(id);
            assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("completed");
            assertThat(web.answers()).containsExactly("v2", "v2");
            Invariants invariants = new Invariants(stack, web);
            invariants.requireOf(id, events);
            stack.awaitReady();
            deployments.awaitEnd(invariants.requireNextAccepted(web.deploy("v1")));
        }
    }
}
