package dev.slipway.acceptance.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.acceptance.docker.Docker;
import dev.slipway.acceptance.stack.Api;
import dev.slipway.acceptance.stack.Ports;
import dev.slipway.acceptance.stack.Replica;
import dev.slipway.acceptance.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The image, built by the Dockerfile and run as docker-compose.yml runs it, beside a stack whose peers it uses. */
@EnabledIf(value = "dev.slipway.acceptance.docker.Docker#isUsable", disabledReason = Docker.NEEDS)
class ImageIT {
    @RegisterExtension
    static final Stack stack = Stack.named("shape");

    private static final Duration HEALTHY = Duration.ofSeconds(90);
    private static final String USER = "10001";

    private static final int port = Ports.free();
    private static SlipwayImage image;
    private static String container = "";

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createDirectories(stack.folder("image"));
        image = SlipwayImage.build(folder);
        container = image.start(flags(secrets(folder.resolve("secrets"))));
        await("docker calls the container healthy")
                .atMost(HEALTHY)
                .pollInterval(Duration.ofMillis(500))
                .failFast(() -> assertThat(inspect("{{.State.Running}}"))
                        .as(() -> "it runs, and says:\n" + Docker.run("logs", container))
                        .isEqualTo("true"))
                .until(() -> inspect("{{.State.Health.Status}}"), "healthy"::equals);
    }

    /** As Compose gives secrets to a container: files that anybody in it can read. */
    private static Path secrets(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String secret : List.of("token", "agent-token", "payload-key", "secret-key")) {
            Path file = Files.writeString(
                    folder.resolve("slipway_" + secret.replace('-', '_')), stack.secret(secret) + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
        }
        return folder;
    }

    private static List<String> flags(Path secrets) {
        Map<String, Object> service = ComposeFile.read().service("api");
        List<String> flags = new ArrayList<>(ComposeFile.confinement(service));
        flags.addAll(List.of("--network", "host", "--volume", secrets + ":/run/secrets:ro"));
        Map<String, String> environment = ComposeFile.environment(service);
        environment.replaceAll((_, value) -> ComposeFile.defaultOf(value));
        environment.putAll(Replica.peers(stack));
        environment.putAll(Map.of(
                "SLIPWAY_ROLES", "api,worker",
                "SERVER_ADDRESS", "127.0.0.1",
                "SERVER_PORT", Integer.toString(port),
                "SLIPWAY_TEMPORAL_UI_URL", "http://127.0.0.1:8233"));
        environment.forEach((name, value) -> flags.addAll(List.of("--env", name + "=" + value)));
        return flags;
    }

    @AfterAll
    static void remove() {
        if (!container.isEmpty()) {
            Docker.run("rm", "--force", container);
        }
        if (image != null) {
            image.close();
        }
    }

    @Test
    void answersWithTheTokenAndNotWithoutIt() {
        Api api = stack.api().at("http://127.0.0.1:" + port);

        assertThat(api.get("/api/nodes").expect(200).json().path("items").size())
                .isEqualTo(1);
        assertThat(api.as(null).get("/api/nodes").status()).isEqualTo(401);
        assertThat(api.as(null).get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void runsAsNobodyInParticularAndMayDoNothingMore() throws IOException {
        assertThat(Docker.run("top", container, "-eo", "uid,pid,args").lines().skip(1))
                .isNotEmpty()
                .allMatch(process -> process.strip().startsWith(USER + " "));
        assertThat(Files.readAllLines(Path.of("/proc", java(), "status")))
                .contains("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1")
                .anyMatch(line -> line.matches("Uid:(\\s10001){4}"))
                .anyMatch(line -> line.matches("Gid:(\\s10001){4}"));
    }

    @Test
    void writesNowhereButToItsTemporaryFolder() {
        assertThat(Docker.run("exec", container, "sh", "-c", "touch /tmp/this && echo done"))
                .isEqualTo("done");
        for (String folder : List.of("/opt/slipway", "/opt/slipway/cache", "/etc", "/")) {
            assertThat(Docker.run("exec", container, "sh", "-c", "touch " + folder + "/this 2>&1 || true"))
                    .contains("Read-only file system");
        }
    }

    @Test
    void startsFromTheCacheThatTheImageWasBuiltWith() throws IOException {
        assertThat(Files.readAllLines(Path.of("/proc", java(), "maps"))).anyMatch(line -> line.endsWith(".aot"));
        assertThat(Docker.run("exec", container, "ls", "/opt/slipway/cache/aot").lines())
                .filteredOn(file -> file.endsWith(".aot"))
                .hasSize(4);
        assertThat(Docker.run("exec", container, "slipway", "--version")).contains("0.1.0");
    }

    /** The pid, on this machine, of the server in the container. */
    private static String java() {
        return Docker.run("top", container, "-eo", "pid,args")
                .lines()
                .map(String::strip)
                .filter(process -> process.contains("dev.slipway.server.ServerApplication"))
                .filter(process -> process.matches("\\d+\\s+\\S*/java\\s.*"))
                .map(process -> process.substring(0, process.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    private static String inspect(String format) {
        return Docker.run("inspect", "--format", format, container);
    }
}
