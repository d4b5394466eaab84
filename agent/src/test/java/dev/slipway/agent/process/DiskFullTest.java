package dev.slipway.agent.process;

import static dev.slipway.agent.rig.AgentRig.messageOf;
import static dev.slipway.agent.rig.AgentRig.typeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.fleet.TargetKey;
import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("mayMount")
class DiskFullTest {
    private final Path folder;
    private final Path small;
    private @Nullable AgentRig opened;

    DiskFullTest(@TempDir Path folder) throws Exception {
        this.folder = folder;
        small = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
    }

    static boolean mayMount() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/bin/mount"));
    }

    @AfterEach
    void end() throws Exception {
        if (opened != null) {
            opened.close();
        }
        run("umount", "-l", small.toString());
    }

    @Test
    void leavesNoTemporaryFilesAndLetsTheNextDeploymentWork() throws IOException {
        AgentRig rig = open(folder.resolve("state"));
        Target target = targetIn(small.resolve("web-1"));
        byte[] large = new byte[3 << 20];
        new Random(1).nextBytes(large);
        Artifact.Archive tooLarge =
                rig.controlPlane.publish(TestArchive.withStart("exec sleep 300").file("large", large, 0644));
        Artifact.Archive fitting = rig.controlPlane.publish(TestArchive.withStart("exec sleep 300"));

        Throwable thrown = catchThrowable(() -> rig.deploy(target, tooLarge, "v1"));

        assertThat(typeOf(thrown)).isEqualTo(FailureType.DISK_FULL);
        assertThat(messageOf(thrown)).contains("Free space");
        try (Stream<Path> left = Files.list(small.resolve("web-1/releases"))) {
            assertThat(left).isEmpty();
        }
        assertThat(rig.deploy(target, fitting, "v2").changed()).isTrue();
    }

    @Test
    void leavesNoCopyOfAServiceThatItCannotWriteDown() throws IOException {
        AgentRig rig = open(small.resolve("state"));
        Target target = targetIn(folder.resolve("web-1"));
        Artifact.Archive archive = rig.controlPlane.publish(TestArchive.withStart("exec sleep 300"));
        rig.deploy(target, archive, "v1");
        Path filler = fill();

        processes(rig).forEach(ProcessHandle::destroyForcibly);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rig.inspect(target, archive, "v1").detail().contains("could not be restarted"));

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(processes(rig)).isEmpty());
        Files.delete(filler);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> rig.inspect(target, archive, "v1").running());
        assertThat(processes(rig)).hasSize(1);
    }

    private AgentRig open(Path state) {
        AgentRig rig = new AgentRig(state);
        opened = rig;
        return rig;
    }

    /** Leaves no byte of the small disk. */
    private Path fill() throws IOException {
        Path filler = small.resolve("filler");
        try (OutputStream out = Files.newOutputStream(filler)) {
            assertThatThrownBy(() -> out.write(new byte[2 << 20])).hasMessageContaining("No space left");
        }
        return filler;
    }

    private static List<ProcessHandle> processes(AgentRig rig) {
        String instance =
                new Launcher(rig.state.resolve("targets")).instance(new TargetKey(AgentRig.ENVIRONMENT, "web-1"));
        return ProcessTable.all().stream()
                .filter(entry -> ProcessTable.variable(entry.pid(), Launcher.INSTANCE)
                        .filter(instance::equals)
                        .isPresent())
                .flatMap(entry -> ProcessHandle.of(entry.pid()).stream())
                .toList();
    }

    private static Target targetIn(Path directory) {
        return new Target(
                "web-1",
                "local",
                "web",
                new TargetRuntime.ProcessRuntime(directory.toString(), List.of("./start")),
                Map.of(),
                HealthCheck.RUNNING,
                Duration.ofMinutes(1));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
