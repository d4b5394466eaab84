package dev.slipway.acceptance.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.sample.Archive;
import dev.slipway.acceptance.sample.SampleEnvironment;
import dev.slipway.acceptance.sample.SampleService;
import dev.slipway.acceptance.stack.Deployments;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deployments that one build of the server began are finished by the next, whose workflows have changed. */
class UpgradeIT {
    @RegisterExtension
    static final Stack stack = Stack.named("upgrade");

    private static final int OF_EACH = 5;
    private static final Duration BOUND = Duration.ofMinutes(3);

    private final Deployments deployments = stack.deployments();

    // It builds a server, beside whatever else the machine does.
    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void finishesWhatIsHeldPausedInABatchOrWaitsForTheLock() throws IOException {
        Path next = NextBuild.in(stack.folder("build"));
        List<SampleEnvironment> sick = environments("held", number -> SampleService.curable("v2", cure(number)));
        List<String> held = sick.stream().map(this::held).toList();
        List<String> paused = environments("paused", _ -> SampleService.good("v2")).stream()
                .map(this::paused)
                .toList();
        List<SampleEnvironment> busy = environments("busy", _ -> SampleService.good("v2"));
        List<String> inABatch = busy.stream().map(this::updating).toList();
        List<String> waiting =
                busy.stream().map(web -> deployments.start(web.deploy("v1"))).toList();
        assertThat(waiting).allSatisfy(id -> assertThat(status(id)).isEqualTo("pending"));

        stack.upgradeTo(next);

        cure(sick);
        held.forEach(id -> stack.api()
                .post("/api/deployments/" + id + "/retry", "{\"target\":\"web-1\"}")
                .expect(200));
        paused.forEach(id -> deployments.order(id, "resume"));
        assertThat(Stream.of(held, paused, inABatch, waiting).flatMap(List::stream))
                .hasSize(4 * OF_EACH)
                .allSatisfy(id -> assertThat(
                                deployments.awaitEnd(id, BOUND).path("status").asString())
                        .isEqualTo("completed"));
        assertThat(versions(held.getFirst())).isZero();
        String after = deployments.start(busy.getFirst().deploy("v2"));
        assertThat(deployments.awaitEnd(after, BOUND).path("status").asString()).isEqualTo("completed");
        assertThat(versions(after)).isEqualTo(1);
    }

    private static List<SampleEnvironment> environments(String name, IntFunction<Archive> update) {
        return IntStream.range(0, OF_EACH)
                .mapToObj(number -> environment(name + "-" + number, update.apply(number)))
                .toList();
    }

    /** Two targets that run v1, which takes its time to end, and a v2 to deploy. */
    private static SampleEnvironment environment(String name, Archive update) {
        SampleEnvironment web = SampleEnvironment.of(stack, name, 2)
                .apply()
                .release("v1", SampleService.stubborn("v1", 5))
                .release("v2", update);
        stack.deployments().run(web.deploy("v1"));
        return web;
    }

    private String held(SampleEnvironment web) {
        String id = deployments.start(web.deploy("v2").rolling().stopping());
        deployments.awaitWaiting(id);
        return id;
    }

    private String paused(SampleEnvironment web) {
        String id = updating(web);
        deployments.order(id, "pause");
        deployments.awaitWaiting(id);
        return id;
    }

    private String updating(SampleEnvironment web) {
        String id = deployments.start(web.deploy("v2").rolling());
        deployments.awaitTask(id, "web-1", "running");
        return id;
    }

    private static Path cure(int number) {
        return stack.folder("cure-" + number + "-");
    }

    private static void cure(List<SampleEnvironment> sick) throws IOException {
        for (int number = 0; number < sick.size(); number++) {
            for (SampleEnvironment.Place place : sick.get(number).places()) {
                Files.createFile(Path.of(cure(number).toString() + place.port()));
            }
        }
    }

    private String status(String id) {
        return deployments.get(id).path("status").asString();
    }

    /** How many changes of workflow code the history of a deployment knows. */
    private static int versions(String id) {
        String history = stack.temporal("workflow", "show", "--workflow-id", "deployment/" + id, "--output", "json")
                .expect(0)
                .output();
        return history.split("\"markerName\": *\"Version\"", -1).length - 1;
    }
}
