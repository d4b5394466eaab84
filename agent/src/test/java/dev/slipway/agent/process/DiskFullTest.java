package dev.slipway.agent.process;

import static dev.slipway.agent.rig.AgentRig.messageOf;
import static dev.slipway.agent.rig.AgentRig.typeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("mayMount")
class DiskFullTest {
    private final Path small;
    private final AgentRig rig;
    private final Target target;

    DiskFullTest(@TempDir Path folder) throws Exception {
        small = Files.createDirectory(folder.resolve("small"));
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", small.toString());
        rig = new AgentRig(folder.resolve("state"));
        target = new Target(
                "web-1",
                "local",
                "web",
                new TargetRuntime.ProcessRuntime(small.resolve("web-1").toString(), List.of("./start")),
                Map.of(),
                HealthCheck.RUNNING,
                Duration.ofMinutes(1));
    }

    static boolean mayMount() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/bin/mount"));
    }

    @AfterEach
    void end() throws Exception {
        rig.close();
        run("umount", "-l", small.toString());
    }

    @Test
    void leavesNoTemporaryFilesAndLetsTheNextDeploymentWork() throws IOException {
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

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}
