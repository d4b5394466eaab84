package dev.slipway.agent.docker;

import static dev.slipway.agent.rig.AgentRig.typeOf;
import static dev.slipway.agent.rig.LocalDocker.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.LocalDocker;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime.DockerRuntime;
import dev.slipway.core.fleet.TargetRuntime.Limits;
import dev.slipway.core.health.HealthCheck;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("hasRegistry")
class ImagePullTest {
    private final AgentRig rig;
    private final int port = freePort();
    private final Process registry;
    private final String name = "slipway-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final String repository = "127.0.0.1:" + port + "/web";
    private final Target target = new Target(
            "api-1",
            "local",
            "api",
            new DockerRuntime(name, List.of(), List.of(), Limits.NONE),
            Map.of(),
            HealthCheck.RUNNING,
            Duration.ofMinutes(1));

    ImagePullTest(@TempDir Path folder) throws IOException {
        rig = new AgentRig(folder.resolve("state"));
        Path config =
                Files.writeString(folder.resolve("registry.yml"), """
                version: 0.1
                storage: {filesystem: {rootdirectory: %s}}
                http: {addr: 127.0.0.1:%d}
                """.formatted(folder.resolve("registry"), port));
        registry = new ProcessBuilder("docker-registry", "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("registry.log").toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).until(this::registryAccepts);
    }

    static boolean hasRegistry() {
        return LocalDocker.isUsable()
                && Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "docker-registry")));
    }

    @AfterEach
    void end() throws InterruptedException {
        rig.close();
        registry.destroyForcibly().waitFor();
    }

    @Test
    void pullsTheDigestAlthoughTheTagHasMoved() {
        Digest pinned = push("trap 'exit 0' TERM; busybox sleep 300 & wait");
        push("exit 1");

        rig.deploy(target, new Artifact.Image(repository, pinned), "v1");

        assertThat(rig.verify(target, new Artifact.Image(repository, pinned), "v1")
                        .healthy())
                .isTrue();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(rig.controlPlane.lines).contains("Pulling " + repository + "@" + pinned + "."));
    }

    @Test
    void saysWhenTheRegistryDoesNotHaveTheImage() {
        Artifact.Image missing = new Artifact.Image(repository, new Digest("sha256:" + "d".repeat(64)));

        Throwable thrown = catchThrowable(() -> rig.deploy(target, missing, "v1"));

        assertThat(typeOf(thrown)).isEqualTo(FailureType.IMAGE_NOT_FOUND);
    }

    /** The digest of an image that only the registry has, tagged {@code latest} there. */
    private Digest push(String script) {
        Artifact.Image image = LocalDocker.image("CMD [\"sh\", \"-c\", \"" + script + "\"]");
        String tag = repository + ":latest";
        docker("tag", image.digest().value(), tag);
        docker("push", tag);
        String reference = docker("inspect", "--format", "{{index .RepoDigests 0}}", tag);
        docker("rmi", "-f", image.digest().value());
        return new Digest(reference.substring(reference.indexOf('@') + 1));
    }

    private boolean registryAccepts() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
