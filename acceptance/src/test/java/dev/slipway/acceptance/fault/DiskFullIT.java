package dev.slipway.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.git.BareRepository;
import dev.slipway.acceptance.git.GitServer;
import dev.slipway.acceptance.gitops.GitOpsScene;
import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.SmallDisk;
import dev.slipway.acceptance.stack.Stack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The disk of the control plane is full, with its database, Temporal and clones on it (R10). */
@Tag("faults")
@EnabledIf(value = "isPossible", disabledReason = GitServer.NEEDS + ", and " + SmallDisk.NEEDS)
class DiskFullIT {
    private static final int MEGABYTES = 300;
    private static final AtomicInteger SCENES = new AtomicInteger();

    @RegisterExtension
    static final Stack stack = Stack.onDisk("full", MEGABYTES);

    private GitOpsScene scene;
    private BareRepository iac;

    static boolean isPossible() {
        return GitServer.isUsable() && SmallDisk.isPossible();
    }

    @BeforeEach
    void begin() {
        scene = GitOpsScene.of(stack, "full-" + SCENES.incrementAndGet()).declare("reconciler: none");
        iac = scene.iac();
        scene.deploy("1.0.0").expect(0);
    }

    @AfterEach
    void end() {
        stack.disk().free();
        scene.close();
    }

    @Test
    void refusesAChartThatItCannotStoreAndTakesItOnceThereIsSpace() {
        scene.growChart(3 << 20);
        stack.disk().fill();

        Command.Result refused = scene.deploy("1.1.0");

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.errors()).containsAnyOf("disk of the database is full", "disk of the server is full");
        assertThat(iac.commits()).isEqualTo(2);
        stack.disk().free();
        stack.awaitReady();
        scene.deploy("1.1.0").expect(0);
        assertThat(iac.commits()).isEqualTo(3);
    }

    @Test
    void goesOnWithWhatWasUnderWayWhenThereIsSpaceAgain() throws Exception {
        Path began = iac.folder().resolve("began");
        Path goOn = iac.folder().resolve("go-on");
        iac.hook(
                "pre-receive",
                "cat >/dev/null; touch '%s'; while ! [ -e '%s' ]; do sleep 0.1; done".formatted(began, goOn));
        String id = scene.start("1.1.0");
        await().atMost(Stack.SOON).until(() -> Files.exists(began));

        stack.disk().fill();
        Files.createFile(goOn);
        await().atMost(Stack.SOON).until(() -> iac.commits() == 3);
        await().atMost(Stack.SOON).until(DiskFullIT::somethingCouldNotBeWritten);
        stack.disk().free();
        stack.awaitReady();

        assertThat(stack.deployments().awaitEnd(id).path("status").asString()).isEqualTo("deployed");
        assertThat(iac.trailers("Slipway-Deployment")).startsWith(id).doesNotHaveDuplicates();
    }

    private static boolean somethingCouldNotBeWritten() {
        return List.of("postgres", "temporal", "server").stream()
                .map(stack::log)
                .anyMatch(log -> log.contains("No space left") || log.contains("disk is full"));
    }
}
