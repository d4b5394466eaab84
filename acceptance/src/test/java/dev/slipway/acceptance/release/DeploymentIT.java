package dev.slipway.acceptance.release;

import static dev.slipway.acceptance.sample.SampleEnvironment.NOTHING;
import static dev.slipway.acceptance.stack.Deployments.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.EventStream;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a deployment does to its targets. */
class DeploymentIT {
    @RegisterExtension
    static final Stack stack = Stack.named("release");

    private final Deployments deployments = stack.deployments();

    @Test
    void rollsOutUpdatesAndRollsABrokenReleaseBackByItself() {
        SampleEnvironment web = SampleEnvironment.of(stack, "main", 3)
                .apply()
                .release("v1", SampleService.good("v1"))
                .release("v2", SampleService.good("v2"))
                .release("v3", SampleService.broken("v3"));

        JsonNode first = deployments.run(web.deploy("v1"));
        assertThat(first.path("status").asString()).isEqualTo("completed");
        assertThat(first.path("phase").asString()).isEqualTo("SUCCEEDED");
        assertThat(web.answers()).containsExactly("v1", "v1", "v1");

        JsonNode second = deployments.run(web.deploy("v2").rolling());
        assertThat(second.path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsExactly("v2", "v2", "v2");
        for (JsonNode task : second.path("tasks")) {
            assertThat(task.path("status").asString()).isEqualTo("succeeded");
            assertThat(task.path("attempt").asInt()).isEqualTo(1);
            assertThat(task.path("maxAttempts").asInt()).isEqualTo(3);
            assertThat(task.path("previousDigest"))
                    .isEqualTo(task(first, "web-1").path("digest"));
        }

        JsonNode third = deployments.run(web.deploy("v3").rolling());
        assertThat(third.path("status").asString()).isEqualTo("rolled_back");
        assertThat(third.path("phase").asString()).isEqualTo("ROLLED_BACK");
        assertThat(third.path("errorType").asString()).isEqualTo("Unhealthy");
        assertThat(third.path("error").asString()).contains("web-1", "v3");
        assertThat(task(third, "web-1").path("status").asString()).isEqualTo("rolled_back");
        assertThat(task(third, "web-3").path("status").asString()).isEqualTo("canceled");
        assertThat(web.answers()).containsExactly("v2", "v2", "v2");
    }

    @Test
    void updatesOneBatchAfterTheOther() {
        SampleEnvironment web = SampleEnvironment.of(stack, "batches", 3)
                .apply()
                .release("v1", SampleService.good("v1"))
                .release("v2", SampleService.good("v2"));
        deployments.run(web.deploy("v1"));

        String id = deployments.start(web.deploy("v2").rolling());
        try (EventStream events = deployments.events(id)) {
            events.awaitEnd(Stack.SOON);
            List<String> story =
                    events.events().stream().map(EventStream.Event::key).toList();
            assertThat(story)
                    .containsSubsequence(
                            "task web-1 running 1",
                            "task web-1 verifying 1",
                            "task web-1 succeeded 1",
                            "task web-2 running 1",
                            "task web-2 succeeded 1",
                            "task web-3 running 1",
                            "task web-3 succeeded 1",
                            "deployment completing",
                            "deployment completed",
                            "end completed");
        }
    }

    @Test
    void leavesNothingBehindWhereAFirstDeploymentFails() {
        SampleEnvironment web =
                SampleEnvironment.of(stack, "first", 2).apply().release("v1", SampleService.crashing("v1"));

        JsonNode failed = deployments.run(web.deploy("v1"));

        assertThat(failed.path("status").asString()).isEqualTo("rolled_back");
        assertThat(failed.path("errorType").asString()).isEqualTo("Unhealthy");
        assertThat(failed.path("error").asString()).contains("exited with code 3");
        assertThat(web.answers()).containsOnly(NOTHING);
        assertThat(web.isEmpty("web-1")).isTrue();
        assertThat(web.isEmpty("web-2")).isTrue();
    }

    @Test
    void saysThatThereIsNothingToDoUnlessItIsForced() {
        SampleEnvironment web = SampleEnvironment.of(stack, "noop", 2).apply().release("v1", SampleService.good("v1"));
        deployments.run(web.deploy("v1"));

        JsonNode again = deployments.run(web.deploy("v1"));
        JsonNode forced = deployments.run(web.deploy("v1").forced());

        assertThat(again.path("status").asString()).isEqualTo("completed");
        assertThat(again.path("reason").asString()).startsWith("Nothing to do");
        assertThat(duration(again)).isLessThan(Stack.SOON);
        assertThat(forced.path("status").asString()).isEqualTo("completed");
        assertThat(forced.path("reason").asString()).doesNotContain("Nothing to do");
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void restoresWhatItSawRatherThanWhatTheDatabaseBelieves() throws IOException {
        SampleEnvironment web = SampleEnvironment.of(stack, "seen", 1)
                .apply()
                .release("v1", SampleService.good("v1"))
                .release("v2", SampleService.good("v2"))
                .release("v3", SampleService.crashing("v3"));
        deployments.run(web.deploy("v1"));
        JsonNode second = deployments.run(web.deploy("v2"));
        JsonNode seen = task(second, "web-1").path("previousDigest");
        pointCurrentTo(web, seen.asString());

        JsonNode third = deployments.run(web.deploy("v3"));

        assertThat(third.path("status").asString()).isEqualTo("rolled_back");
        assertThat(task(third, "web-1").path("previousDigest")).isEqualTo(seen);
        assertThat(web.answer("web-1")).isEqualTo("v1");
    }

    /** As a person would who has no time for tools. */
    private static void pointCurrentTo(SampleEnvironment web, String digest) throws IOException {
        Path current = web.place("web-1").directory().resolve("current");
        Files.delete(current);
        Files.createSymbolicLink(current, Path.of("releases", digest.replace("sha256:", "")));
    }

    @Test
    void namesTheNodeThatHasNoAgent() {
        SampleEnvironment web = SampleEnvironment.of(stack, "nobody", 0)
                .with("web-1", "mars")
                .apply()
                .release("v1", SampleService.good("v1"));

        JsonNode failed = deployments.run(web.deploy("v1"));

        assertThat(failed.path("status").asString()).isEqualTo("failed");
        assertThat(failed.path("errorType").asString()).isEqualTo("NoAgentAvailable");
        assertThat(failed.path("error").asString()).contains("mars");
        assertThat(duration(failed)).isLessThan(Stack.SOON);
    }

    @Test
    void goesBackToTheReleaseThatCompletedBefore() {
        SampleEnvironment web = SampleEnvironment.of(stack, "back", 2)
                .apply()
                .release("v1", SampleService.good("v1"))
                .release("v2", SampleService.good("v2"));
        String first = deployments.run(web.deploy("v1")).path("id").asString();
        assertThat(stack.api()
                        .post("/api/deployments/" + first + "/rollback", "{}")
                        .expect(409)
                        .text("type"))
                .isEqualTo("urn:slipway:problem:no-rollback-target");
        String second = deployments.run(web.deploy("v2")).path("id").asString();

        JsonNode rollback = deployments.awaitEnd(
                deployments.order(second, "rollback").path("id").asString());

        assertThat(rollback.path("rollbackOf").asString()).isEqualTo(second);
        assertThat(rollback.path("release").asString()).isEqualTo("back@v1");
        assertThat(rollback.path("strategy").asString()).isEqualTo("all-at-once");
        assertThat(rollback.path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void cancelsAndReturnsTouchedTargetsToWhatTheyRan() {
        SampleEnvironment web = SampleEnvironment.of(stack, "cancel", 2)
                .apply()
                .release("v1", SampleService.good("v1"))
                .release("v2", SampleService.broken("v2"));
        deployments.run(web.deploy("v1"));
        String id = deployments.start(web.deploy("v2"));
        deployments.awaitTask(id, "web-1", "verifying");

        deployments.order(id, "cancel");

        JsonNode canceled = deployments.awaitEnd(id);
        assertThat(canceled.path("status").asString()).isEqualTo("canceled");
        assertThat(canceled.path("phase").asString()).isEqualTo("CANCELED");
        assertThat(canceled.path("errorType").isNull()).isTrue();
        assertThat(web.answers()).containsExactly("v1", "v1");
    }

    @Test
    void pausesBetweenBatchesUntilItIsResumed() {
        SampleEnvironment web = SampleEnvironment.of(stack, "pause", 2)
                .apply()
                .release("v1", SampleService.stubborn("v1", 1))
                .release("v2", SampleService.good("v2"));
        deployments.run(web.deploy("v1"));
        String id = deployments.start(web.deploy("v2").rolling());
        deployments.awaitTask(id, "web-1", "running");

        deployments.order(id, "pause");
        deployments.awaitTask(id, "web-1", "succeeded");
        JsonNode paused = deployments.awaitWaiting(id);
        assertThat(paused.path("phase").asString()).isEqualTo("WAITING");
        await().during(Duration.ofSeconds(1))
                .atMost(Stack.SOON)
                .until(() -> web.answer("web-2").equals("v1"));

        deployments.order(id, "resume");
        assertThat(deployments.awaitEnd(id).path("status").asString()).isEqualTo("completed");
        assertThat(web.answers()).containsExactly("v2", "v2");
    }

    private static Duration duration(JsonNode deployment) {
        return Duration.between(
                Instant.parse(deployment.path("createdAt").asString()),
                Instant.parse(deployment.path("endedAt").asString()));
    }

    @Test
    void hasNoEffectOnOthersWhenManyDeployAtOnce() {
        List<SampleEnvironment> environments = List.of("one", "two", "three").stream()
                .map(name ->
                        SampleEnvironment.of(stack, "many-" + name, 2).apply().release("v1", SampleService.good("v1")))
                .toList();

        List<String> ids = environments.stream()
                .map(environment -> deployments.start(environment.deploy("v1")))
                .toList();

        ids.forEach(id ->
                assertThat(deployments.awaitEnd(id).path("status").asString()).isEqualTo("completed"));
        environments.forEach(environment -> assertThat(environment.answers()).isEqualTo(Collections.nCopies(2, "v1")));
    }
}
