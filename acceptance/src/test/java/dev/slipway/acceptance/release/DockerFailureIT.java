package dev.slipway.acceptance.release;

import static dev.slipway.acceptance.sample.SampleEnvironment.NOTHING;
import static dev.slipway.acceptance.stack.Deployments.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.docker.ContainerEnvironment;
import dev.slipway.acceptance.docker.ContainerEnvironment.Place;
import dev.slipway.acceptance.docker.ContainerHost;
import dev.slipway.acceptance.docker.Docker;
import dev.slipway.acceptance.docker.ServiceImage;
import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.invariant.Ledger;
import dev.slipway.acceptance.stack.Command.Result;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.NodeAgent;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What becomes of containers when something goes wrong, with a real Docker and a real registry. */
@EnabledIf(value = "dev.slipway.acceptance.docker.Docker#isUsable", disabledReason = Docker.NEEDS)
class DockerFailureIT {
    private static final int FAILED = 1;
    private static final int ROLLED_BACK = 6;

    @Order(1)
    @RegisterExtension
    static final Stack stack = Stack.named("release");

    @Order(2)
    @RegisterExtension
    static final ContainerHost host = new ContainerHost(stack);

    private final Deployments deployments = stack.deployments();

    @Test
    void makesNoReleaseOfAnImageThatIsNotInTheRegistry() {
        host.registry().push("missing", "v1", ServiceImage.good("v1"));
        String image = host.registry().host() + "/missing:v2";

        Result refused = stack.cli()
                .run("release", "create", "missing", "v2", "--component", "api=" + image)
                .expect(FAILED);

        assertThat(refused.errors()).contains(image).doesNotContain("Exception", "\tat ");
        String body = """
                {"name": "missing", "version": "v2", "components": [{"name": "api", "image": "%s"}]}""".formatted(image);
        assertThat(stack.api().post("/api/releases", body).expect(422).text("type"))
                .isEqualTo("urn:slipway:problem:image-not-found");
        stack.api().get("/api/releases/missing/v2").expect(404);
    }

    @Test
    void rollsABrokenImageBackToTheOneThatRanBefore() {
        ContainerEnvironment api = host.environment("broken", 2)
                .apply()
                .release("v1", ServiceImage.good("v1"))
                .release("v2", ServiceImage.good("v2"))
                .release("v3", ServiceImage.broken("v3"));
        api.complete(api.deploy("v1").rolling());
        api.complete(api.deploy("v2").rolling());
        assertThat(api.answers()).containsExactly("v2", "v2");

        Result third = stack.cli()
                .run("deploy", "broken@v3", "--to", "broken", "--strategy", "rolling", "--json")
                .expect(ROLLED_BACK);

        JsonNode rolledBack = third.json();
        assertThat(rolledBack.path("status").asString()).isEqualTo("rolled_back");
        assertThat(rolledBack.path("errorType").asString()).isEqualTo("Unhealthy");
        assertThat(task(rolledBack, "api-1").path("previousDigest").asString()).isEqualTo(api.digest("v2"));
        assertThat(task(rolledBack, "api-2").path("status").asString()).isEqualTo("canceled");
        assertThat(api.answers()).containsExactly("v2", "v2");
        assertThat(api.deployedDigests()).containsExactly(api.digest("v2"), api.digest("v2"));
    }

    @Test
    void leavesNoContainerBehindWhereAFirstDeploymentFails() {
        ContainerEnvironment api = host.environment("crashing", 2).apply().release("v1", ServiceImage.crashing("v1"));

        JsonNode failed = deployments.run(api.deploy("v1"));

        assertThat(failed.path("status").asString()).as("%s", failed).isEqualTo("rolled_back");
        assertThat(failed.path("error").asString()).contains("exited with code 3", "cannot start");
        assertThat(api.answers()).containsOnly(NOTHING);
        assertThat(api.containers()).isEmpty();
    }

    @Test
    void refusesToTouchAContainerThatIsNotItsOwn() {
        ContainerEnvironment api = host.environment("foreign", 1).apply().release("v1", ServiceImage.good("v1"));
        Place place = api.place("api-1");
        String foreign = Docker.run("run", "-d", "--name", place.container(), api.image("v1"));
        String started = place.inspect("{{.State.StartedAt}}");

        JsonNode failed = deployments.run(api.deploy("v1"));

        assertThat(failed.path("status").asString()).as("%s", failed).isEqualTo("failed");
        assertThat(failed.path("errorType").asString()).isEqualTo("DockerRefused");
        assertThat(failed.path("error").asString())
                .contains(
                        "\"" + place.container() + "\"", "not created by Slipway", "docker rm -f " + place.container());
        assertThat(place.inspect("{{.Id}} {{.State.Running}} {{.State.StartedAt}}"))
                .isEqualTo(foreign + " true " + started);
        assertThat(api.containers()).isEmpty();
    }

    @Test
    void doesNotTakeThePortThatDockerOpensForAServiceThatListens() {
        ContainerEnvironment api =
                host.environment("deaf", 1).healthyOverTcp().apply().release("v1", ServiceImage.deaf("v1"));

        JsonNode failed = deployments.run(api.deploy("v1"));

        assertThat(failed.path("status").asString()).as("%s", failed).isEqualTo("rolled_back");
        assertThat(failed.path("errorType").asString()).isEqualTo("Unhealthy");
    }

    @Test
    void bringsBackWhatRanWhereAnotherProgramHasThePort() throws IOException {
        ContainerEnvironment api = host.environment("occupied", 1)
                .apply()
                .release("v1", ServiceImage.good("v1"))
                .release("v2", ServiceImage.good("v2"));
        api.complete(api.deploy("v1"));
        Place before = api.place("api-1");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            api.publish("api-1", other.getLocalPort()).apply();

            JsonNode failed = deployments.run(api.deploy("v2"));

            assertThat(failed.path("status").asString()).as("%s", failed).isEqualTo("rolled_back");
            assertThat(failed.path("errorType").asString()).isEqualTo("DockerRefused");
            assertThat(failed.path("error").asString()).contains(Integer.toString(other.getLocalPort()));
        }
        assertThat(before.answer()).isEqualTo("v1");
        assertThat(api.deployedDigests()).containsExactly(api.digest("v1"));
    }

    @Test
    void goesOnAfterTheAgentIsKilledWhileContainersServe() {
        try (NodeAgent agent = stack.agent("dock")) {
            ContainerEnvironment api = host.environment("killed", "dock", 2)
                    .apply()
                    .release("v1", ServiceImage.stubborn("v1", 5))
                    .release("v2", ServiceImage.good("v2"));
            api.complete(api.deploy("v1"));
            String untouched = api.place("api-2").id();

            String id = deployments.start(api.deploy("v2").rolling());
            try (EventStream events = deployments.events(id)) {
                // The new container is there as soon as the old one is being stopped, which takes a while.
                await().atMost(Stack.SOON).until(() -> api.containers().size() == 3);
                agent.kill();
                awaitRetryWhileItServes(events, api.place("api-2"));
                assertThat(api.place("api-2").id()).isEqualTo(untouched);
                agent.start();

                events.awaitEnd(Duration.ofMinutes(1));
                Invariants.requireEventsWithoutGap(events);
            }
            JsonNode ended = deployments.awaitEnd(id);
            assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("completed");
            assertThat(task(ended, "api-1").path("attempt").asInt()).isEqualTo(2);
            assertThat(api.deployedDigests()).containsExactly(api.digest("v2"), api.digest("v2"));
            assertThat(api.answers()).containsExactly("v2", "v2");
            for (String target : List.of("api-1", "api-2")) {
                assertThat(Ledger.of(agent.state(), "killed", target).of(id))
                        .extracting(Ledger.Line::action, Ledger.Line::digest)
                        .containsExactly(tuple("apply", api.digest("v2")));
            }
        }
    }

    /** Waits until the control plane has missed the agent. */
    private static void awaitRetryWhileItServes(EventStream events, Place place) {
        await().atMost(Stack.SOON).pollInterval(Duration.ofMillis(250)).until(() -> {
            assertThat(place.answer()).as("while the agent is away").isEqualTo("v1");
            return events.events().stream().anyMatch(event -> event.is("api-1", "retrying"));
        });
    }
}
