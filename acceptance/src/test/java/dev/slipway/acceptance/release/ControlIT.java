package dev.slipway.acceptance.release;

import static dev.slipway.acceptance.stack.Deployments.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Api.Answer;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.NodeAgent;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What people tell a deployment that is under way, and what deployments of one environment tell each other. */
class ControlIT {
    @RegisterExtension
    static final Stack stack = Stack.named("release");

    private final Deployments deployments = stack.deployments();

    @Test
    void holdsForAPersonWhoHasTheTargetTriedAgain() throws IOException {
        SampleEnvironment web = sick("retry");
        String id = held(web);
        assertThat(order(id, "skip", "web-2").expect(409).text("type"))
                .isEqualTo("urn:slipway:problem:not-possible-now");
        order(id, "retry", "web-9").expect(404);

        cure(web, "web-1");
        cure(web, "web-2");
        order(id, "retry", "web-1").expect(200);

        JsonNode ended = deployments.awaitEnd(id);
        assertThat(ended.path("status").asString()).isEqualTo("completed");
        assertThat(task(ended, "web-1").path("attempt").asInt()).isEqualTo(2);
        assertThat(web.answers()).containsExactly("v2", "v2");
    }

    @Test
    void goesOnWithoutATargetThatAPersonSkips() throws IOException {
        SampleEnvironment web = sick("skip");
        String id = held(web);

        cure(web, "web-2");
        order(id, "skip", "web-1").expect(200);

        JsonNode ended = deployments.awaitEnd(id);
        assertThat(ended.path("status").asString()).isEqualTo("completed");
        assertThat(task(ended, "web-1").path("status").asString()).isEqualTo("skipped");
        assertThat(web.answer("web-2")).isEqualTo("v2");
    }

    @Test
    void rollsAHeldDeploymentBack() {
        SampleEnvironment web = sick("held-back");
        String id = held(web);

        assertThat(deployments.order(id, "rollback").path("id").asString()).isEqualTo(id);

        JsonNode ended = deployments.awaitEnd(id);
        assertThat(ended.path("status").asString()).isEqualTo("rolled_back");
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void abandonsARollbackThatWaitsForANodeWhichIsGone() {
        String id;
        try (NodeAgent gone = stack.agent("gone")) {
            SampleEnvironment web = SampleEnvironment.of(stack, "abandoned", 1, "gone")
                    .with("web-2", "local")
                    .apply()
                    .release("v1", SampleService.stubborn("v1", 4))
                    .release("v2", SampleService.good("v2"));
            deployments.run(web.deploy("v1"));
            id = deployments.start(web.deploy("v2").rolling());
            deployments.awaitTask(id, "web-2", "running");
            gone.kill();
        }
        deployments.order(id, "rollback");
        deployments.awaitTask(id, "web-2", "rolled_back");

        stack.cli().run("abandon", id, "--reason", "node gone").expect(0);

        JsonNode ended = deployments.awaitEnd(id);
        assertThat(ended.path("status").asString()).isEqualTo("failed");
        assertThat(ended.path("errorType").asString()).isEqualTo("TargetsHeld");
        assertThat(task(ended, "web-1").path("errorType").asString()).isEqualTo("RestorationGivenUp");
        assertThat(task(ended, "web-2").path("status").asString()).isEqualTo("rolled_back");
    }

    @Test
    void leavesTheTargetsOfAHeldDeploymentToTheNextOne() {
        SampleEnvironment web = sick("mended");
        String id = held(web);

        JsonNode next = deployments.run(web.deploy("v1"));

        assertThat(next.path("status").asString()).isEqualTo("completed");
        JsonNode given = deployments.awaitEnd(id);
        assertThat(given.path("status").asString()).isEqualTo("failed");
        assertThat(given.path("reason").asString()).contains(next.path("id").asString());
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void canBeCanceledInTemporal() {
        SampleEnvironment web = slow("cancel-temporal", "queue");
        String id = deployments.start(web.deploy("v2").rolling());
        deployments.awaitTask(id, "web-1", "running");

        stack.temporal("workflow", "cancel", "--workflow-id", "deployment/" + id)
                .expect(0);

        JsonNode canceled = deployments.awaitEnd(id);
        assertThat(canceled.path("status").asString()).isEqualTo("canceled");
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void canBeCanceledBySignalWithAReason() {
        SampleEnvironment web = slow("cancel-signal", "queue");
        String id = deployments.start(web.deploy("v2").rolling());
        deployments.awaitTask(id, "web-1", "running");

        stack.temporal("workflow", "signal", "--workflow-id", "deployment/" + id, "--name", "cancel", "--input", "null")
                .expect(0);

        assertThat(deployments.awaitEnd(id).path("status").asString()).isEqualTo("canceled");
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void waitsForItsTurnInAnEnvironmentThatQueues() {
        SampleEnvironment web = slow("queues", "queue");
        String first = deployments.start(web.deploy("v2"));
        deployments.awaitTask(first, "web-1", "running");
        String second = deployments.start(web.deploy("v1"));

        JsonNode waiting = deployments.get(second);
        assertThat(waiting.path("status").asString()).isEqualTo("pending");
        assertThat(waiting.path("phase").asString()).isEqualTo("QUEUED");
        JsonNode before = deployments.awaitEnd(first);
        JsonNode after = deployments.awaitEnd(second);
        assertThat(before.path("status").asString()).isEqualTo("completed");
        assertThat(after.path("status").asString()).isEqualTo("completed");
        assertThat(after.path("startedAt").asString())
                .isGreaterThan(before.path("tasks").path(0).path("endedAt").asString());
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void takesTheTurnOfTheOneUnderWayInAnEnvironmentThatSupersedes() {
        SampleEnvironment web = slow("supersedes", "supersede").release("v3", SampleService.good("v3"));
        String first = deployments.start(web.deploy("v2").rolling());
        deployments.awaitTask(first, "web-1", "running");

        JsonNode second = deployments.run(web.deploy("v3"));

        JsonNode superseded = deployments.awaitEnd(first);
        assertThat(superseded.path("status").asString()).isEqualTo("canceled");
        assertThat(superseded.path("reason").asString())
                .contains(second.path("id").asString());
        assertThat(second.path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsExactly("v3", "v3");
    }

    @Test
    void isTurnedAwayByAnEnvironmentThatRejects() {
        SampleEnvironment web = slow("rejects", "reject");
        String first = deployments.start(web.deploy("v2"));
        deployments.awaitTask(first, "web-1", "running");

        Answer refused =
                stack.api().post("/api/deployments", web.deploy("v1").json()).expect(409);

        assertThat(refused.text("type")).isEqualTo("urn:slipway:problem:environment-busy");
        assertThat(refused.text("detail")).contains(first);
        assertThat(deployments.awaitEnd(first).path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsExactly("v2", "v2");
    }

    /** Two targets that run v1, which takes its time to end, and a v2 to deploy. */
    private SampleEnvironment slow(String name, String concurrency) {
        SampleEnvironment web = SampleEnvironment.of(stack, name, 2)
                .concurrency(concurrency)
                .apply()
                .release("v1", SampleService.stubborn("v1", 2))
                .release("v2", SampleService.good("v2"));
        deployments.run(web.deploy("v1"));
        return web;
    }

    /** Two targets that run v1, and a v2 that does not start where nobody cures it. */
    private SampleEnvironment sick(String name) {
        SampleEnvironment web = SampleEnvironment.of(stack, name, 2)
                .apply()
                .release("v1", SampleService.good("v1"))
                .release("v2", SampleService.curable("v2", cures(name)));
        deployments.run(web.deploy("v1"));
        return web;
    }

    private static Path cures(String name) {
        return stack.folder("cure-" + name + "-");
    }

    private static void cure(SampleEnvironment web, String target) throws IOException {
        Files.createFile(
                Path.of(cures(web.name()).toString() + web.place(target).port()));
    }

    private String held(SampleEnvironment web) {
        String id = deployments.start(web.deploy("v2").rolling().stopping());
        JsonNode held = deployments.awaitWaiting(id);
        assertThat(held.path("status").asString()).isEqualTo("failed");
        assertThat(held.path("phase").asString()).isEqualTo("WAITING");
        assertThat(held.path("endedAt").isNull()).isTrue();
        assertThat(task(held, "web-1").path("status").asString()).isEqualTo("failed");
        assertThat(web.answer("web-2")).isEqualTo("v1");
        return id;
    }

    private static Answer order(String id, String verb, String target) {
        return stack.api().post("/api/deployments/" + id + "/" + verb, "{\"target\":\"" + target + "\"}");
    }
}
