package dev.slipway.acceptance.release;

import static dev.slipway.acceptance.stack.Deployments.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.invariant.Invariants;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.Stack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What becomes of a deployment whose workflow somebody terminates in Temporal: docs/how-to/cancel.md promises it. */
class TerminatedIT {
    @RegisterExtension
    static final Stack stack = Stack.named("release");

    private final Deployments deployments = stack.deployments();

    @Test
    void failsWithinSecondsAndLeavesItsEnvironmentFree() {
        SampleEnvironment web = environment("terminated");
        String id = deployments.start(web.deploy("v2").rolling());
        deployments.awaitTask(id, "web-1", "running");

        JsonNode ended = terminated(web, id);

        assertThat(task(ended, "web-1").path("status").asString()).isEqualTo("canceled");
        assertThat(task(ended, "web-2").path("status").asString()).isEqualTo("canceled");
        assertThat(web.answer("web-2")).isEqualTo("v1");
        requireNextCompletes(web);
    }

    @Test
    void failsWhereItWasHeldForAPersonToo() {
        SampleEnvironment web = environment("terminated-held").release("v3", SampleService.crashing("v3"));
        String id = deployments.start(web.deploy("v3").rolling().stopping());
        deployments.awaitWaiting(id);

        JsonNode ended = terminated(web, id);

        assertThat(ended.path("waiting").asBoolean()).isFalse();
        assertThat(task(ended, "web-1").path("status").asString()).isEqualTo("failed");
        requireNextCompletes(web);
    }

    /** Two targets that run v1, which takes its time to end, and a v2; no deployment is taken in beside another. */
    private SampleEnvironment environment(String name) {
        SampleEnvironment web = SampleEnvironment.of(stack, name, 2)
                .concurrency("reject")
                .apply()
                .release("v1", SampleService.stubborn("v1", 2))
                .release("v2", SampleService.good("v2"));
        deployments.run(web.deploy("v1"));
        return web;
    }

    private JsonNode terminated(SampleEnvironment web, String id) {
        try (EventStream events = deployments.events(id)) {
            stack.temporal("workflow", "terminate", "--workflow-id", "deployment/" + id)
                    .expect(0);

            events.awaitEnd(Stack.SOON);
            JsonNode ended = deployments.get(id);
            assertThat(ended.path("status").asString()).isEqualTo("failed");
            assertThat(ended.path("errorType").asString()).isEqualTo("Terminated");
            new Invariants(stack, web).requireOf(id, events);
            return ended;
        }
    }

    private void requireNextCompletes(SampleEnvironment web) {
        JsonNode next = deployments.run(web.deploy("v2"));

        assertThat(next.path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsExactly("v2", "v2");
    }
}
