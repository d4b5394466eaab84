package dev.slipway.agent.docker;

import static dev.slipway.agent.rig.AgentRig.messageOf;
import static dev.slipway.agent.rig.AgentRig.typeOf;
import static dev.slipway.agent.rig.LocalDocker.docker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.LocalDocker;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.PortMapping;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime.DockerRuntime;
import dev.slipway.core.fleet.TargetRuntime.Limits;
import dev.slipway.core.health.Health;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

@EnabledIf("dev.slipway.agent.rig.LocalDocker#isUsable")
class DockerRuntimeTest {
    private static final String SERVE =
            "mkdir -p /tmp/www; echo \"I am $SLIPWAY_VERSION $GREETING\" | tee /tmp/www/index.html; busybox httpd -f -p 8080 -h /tmp/www & trap 'exit 0' TERM; wait";

    private final AgentRig rig;
    private final String name = "slipway-test-" + UUID.randomUUID().toString().substring(0, 8);
    private final int port = freePort();
    private final Artifact.Image first = LocalDocker.image("CMD [\"sh\", \"-c\", \"" + escaped(SERVE) + "\"]");
    private final Artifact.Image second =
            LocalDocker.image("CMD [\"sh\", \"-c\", \"" + escaped(SERVE) + "\"]", "ENV SECOND=1");
    private final Target target = target(Map.of("GREETING", "hello"), List.of());

    DockerRuntimeTest(@TempDir Path folder) {
        this.rig = new AgentRig(folder.resolve("state"));
    }

    @AfterEach
    void end() {
        rig.close();
        for (String left : List.of(name, name + ".slipway-next")) {
            if (!docker("ps", "-aq", "--filter", "name=^" + left + "$").isEmpty()) {
                docker("rm", "-f", left);
            }
        }
        docker("rmi", "-f", first.digest().value(), second.digest().value());
    }

    @Test
    void runsAnImageWithItsConfiguration() {
        rig.deploy(target, first, "v1");

        Health health = rig.verify(target, first, "v1");

        assertThat(health.healthy()).as(health.detail()).isTrue();
        assertThat(inspect("{{.HostConfig.RestartPolicy.Name}}")).isEqualTo("unless-stopped");
        assertThat(inspect("{{.HostConfig.Memory}} {{.HostConfig.NanoCpus}}")).isEqualTo("67108864 500000000");
        assertThat(inspect("{{.Image}}")).isEqualTo(first.digest().value());
        assertThat(inspect("{{json .Config.Labels}}"))
                .contains("\"slipway.target\":\"api-1\"", "\"slipway.environment\":\"staging\"");
        assertThat(inspect("{{.HostConfig.LogConfig.Config}}")).contains("max-size:10m");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(rig.controlPlane.lines).contains("I am v1 hello"));
    }

    @Test
    void replacesTheContainerAndLeavesNoOther() throws IOException {
        rig.deploy(target, first, "v1");
        String old = inspect("{{.Id}}");

        rig.deploy(target, second, "v2");

        assertThat(inspect("{{.Id}}")).isNotEqualTo(old);
        assertThat(docker("ps", "-a", "--filter", "label=slipway.target", "--filter", "name=" + name, "-q"))
                .hasLineCount(1);
        assertThat(rig.verify(target, second, "v2").healthy()).isTrue();
        assertThat(rig.ledger(target)).hasSize(2);
    }

    @Test
    void doesNothingWhenTheSameDeploymentComesAgain() {
        rig.deploy(target, first, "v1");
        String before = inspect("{{.Id}}");

        assertThat(rig.deploy(target, first, "v1").changed()).isFalse();

        assertThat(inspect("{{.Id}}")).isEqualTo(before);
        assertThat(rig.inspect(target, first, "v1").running()).isTrue();
    }

    @Test
    void restoresARevisionWithTheConfigurationThatItRanWith() {
        rig.deploy(target, first, "v1");
        Revision ran = Objects.requireNonNull(rig.inspect(target, second, "v2").revision());
        Target changed = target(Map.of("GREETING", "changed"), List.of());
        rig.deploy(changed, second, "v2");

        rig.restore(changed, ran);

        assertThat(inspect("{{.Config.Env}}")).contains("GREETING=hello");
        assertThat(rig.inspect(changed, second, "v2").revision()).isEqualTo(ran);
    }

    @Test
    void finishesWhatAKilledAttemptLeft() {
        rig.deploy(target, first, "v1");
        docker(
                "create",
                "--name",
                name + ".slipway-next",
                "--label",
                "slipway.target=api-1",
                "--label",
                "slipway.environment=staging",
                first.digest().value());
        docker("stop", "-t", "0", name);

        rig.deploy(target, second, "v2");

        assertThat(inspect("{{.State.Running}}")).isEqualTo("true");
        assertThat(docker("ps", "-aq", "--filter", "name=" + name)).hasLineCount(1);
    }

    @Test
    void neverTouchesAContainerThatIsNotItsOwn() {
        docker("run", "-d", "--name", name, first.digest().value());
        String id = inspect("{{.Id}}");

        Throwable thrown = catchThrowable(() -> rig.deploy(target, second, "v2"));

        assertThat(typeOf(thrown)).isEqualTo(FailureType.DOCKER_REFUSED);
        assertThat(messageOf(thrown)).contains("was not created by Slipway", "docker rm -f " + name);
        assertThat(inspect("{{.Id}} {{.State.Running}}")).isEqualTo(id + " true");
        docker("rm", "-f", name);
    }

    @Test
    void leavesNothingBehindWhenItRemoves() {
        rig.deploy(target, first, "v1");

        assertThat(rig.remove(target).changed()).isTrue();

        assertThat(docker("ps", "-aq", "--filter", "name=" + name)).isEmpty();
        assertThat(rig.remove(target).changed()).isFalse();
    }

    @Test
    void runsAsTheUserOfTheImage() {
        Artifact.Image image = LocalDocker.image(
                "USER 1234", "CMD [\"sh\", \"-c\", \"trap 'exit 0' TERM; busybox sleep 300 & wait\"]");

        rig.deploy(target, image, "v1");

        assertThat(docker("exec", name, "busybox", "id", "-u")).isEqualTo("1234");
    }

    @Test
    void tellsACrashLoopEarlyWithExitCodeAndLastLines() {
        Target crashing = target(Map.of(), List.of("sh", "-c", "echo no database; sleep 1; exit 7"));
        rig.deploy(crashing, first, "v1");

        Health health = rig.verify(crashing, first, "v1");

        assertThat(health.healthy()).isFalse();
        assertThat(health.detail()).contains("exited with code 7", "no database");
    }

    @Test
    void masksASecretInALineThatDockerCutsInItsMiddle() {
        Target telling = target(
                Map.of("API_TOKEN", "hunter22-hunter23"),
                List.of(
                        "sh",
                        "-c",
                        "printf '%016380d%s%016380d%s\\n' 0 \"$API_TOKEN\" 0 \"$API_TOKEN\"; printf 'is %s' \"${API_TOKEN%%-*}\"; sleep 1; exit 7"));
        rig.deploy(telling, first, "v1");

        Health health = rig.verify(telling, first, "v1");

        assertThat(health.detail()).contains("000*** | is ***" + Mask.CUT).doesNotContain("hunter", "23");
    }

    @Test
    void saysWhenTheCommandCannotBeStarted() {
        Target wrong = target(Map.of(), List.of("/no/such/program"));

        Throwable thrown = catchThrowable(() -> rig.deploy(wrong, first, "v1"));

        assertThat(typeOf(thrown)).isEqualTo(FailureType.COMMAND_NOT_STARTED);
    }

    @Test
    void runsHealthCommandsInsideTheContainer() {
        Target asking = asking(20);
        rig.deploy(asking, first, "v1");

        Health health = rig.verify(asking, first, "v1");

        assertThat(health.healthy()).as(health.detail()).isTrue();
    }

    @Test
    void asksAgainUntilTheContainerRuns() {
        Target asking = asking(100);
        rig.deploy(asking, first, "v1");
        docker("stop", "-t", "0", name);

        CompletableFuture<Health> verified = CompletableFuture.supplyAsync(() -> rig.verify(asking, first, "v1"));
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(rig.controlPlane.lines).anyMatch(line -> line.contains("could not be run")));
        docker("start", name);

        assertThat(verified.join().healthy()).isTrue();
    }

    @Test
    void findsAContainerUnhealthyInWhichItCannotAsk() {
        Target asking = asking(3);
        rig.deploy(asking, first, "v1");

        docker("stop", "-t", "0", name);
        Health stopped = rig.verify(asking, first, "v1");
        docker("rm", "-f", name);
        Health gone = rig.verify(asking, first, "v1");

        assertThat(List.of(stopped, gone)).allSatisfy(health -> {
            assertThat(health.healthy()).isFalse();
            assertThat(health.attempts()).isEqualTo(3);
            assertThat(health.detail()).contains("could not be run: the container is not running");
        });
    }

    @Test
    void refusesAnArchive() {
        assertThatThrownBy(() -> rig.deploy(target, new Artifact.Archive(first.digest(), 1), "v1"))
                .satisfies(thrown -> assertThat(typeOf(thrown)).isEqualTo(FailureType.INVALID_INPUT));
    }

    @Test
    void saysWhenAnImageIsNowhere() {
        Artifact.Image nowhere = new Artifact.Image("127.0.0.1:1/none", new Digest("sha256:" + "e".repeat(64)));

        Throwable fresh = catchThrowable(() -> rig.deploy(target, nowhere, "v1"));
        Throwable recorded = catchThrowable(() -> rig.restore(target, new Revision(nowhere.digest(), "v0", null)));

        assertThat(typeOf(fresh)).isEqualTo(FailureType.REGISTRY_UNAVAILABLE);
        assertThat(typeOf(recorded)).isEqualTo(FailureType.PREVIOUS_RELEASE_GONE);
    }

    @Test
    void namesTheSocketWhenDockerIsDown(@TempDir Path folder) throws Exception {
        DockerCalls down = new DockerCalls(DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost("unix://" + folder.resolve("docker.sock"))
                .build());

        assertThat(down.answers()).isFalse();
        assertThatThrownBy(() -> new Containers(down).stop("x"))
                .hasMessageContaining(folder.resolve("docker.sock").toString());
    }

    private String inspect(String format) {
        return docker("inspect", "--format", format, name);
    }

    private Target target(Map<String, String> environment, List<String> command) {
        return target(
                environment,
                command,
                new HealthCheck(
                        new Probe.Http(URI.create("http://127.0.0.1:" + port + "/"), 200, "I am ${version}"),
                        Duration.ofSeconds(2),
                        50,
                        Duration.ofMillis(100)));
    }

    /** A target that is healthy once a command in its container finds the page that is served. */
    private Target asking(int retries) {
        return target(
                Map.of(),
                List.of(),
                new HealthCheck(
                        new Probe.Command(List.of("busybox", "test", "-f", "/tmp/www/index.html")),
                        Duration.ofSeconds(5),
                        retries,
                        Duration.ofMillis(100)));
    }

    private Target target(Map<String, String> environment, List<String> command, HealthCheck health) {
        return new Target(
                "api-1",
                "local",
                "api",
                new DockerRuntime(
                        name, command, List.of(new PortMapping("127.0.0.1", port, 8080)), new Limits(0.5, 64L << 20)),
                environment,
                health,
                Duration.ofMinutes(1));
    }

    private static String escaped(String text) {
        return text.replace("\"", "\\\"");
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
