package dev.slipway.agent.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.Health;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that ends again and again: it is seen soon, and forgotten once the deployment starts it anew. */
class CrashLoopTest {
    private final Path folder;
    private final AgentRig rig;

    CrashLoopTest(@TempDir Path folder) {
        this.folder = folder;
        this.rig = new AgentRig(folder.resolve("state"));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void isToldEarlyWithExitCodeAndLastLines() {
        Artifact.Archive crashing =
                rig.controlPlane.publish(TestArchive.withStart("echo starting; echo no database >&2; exit 7"));
        Target patient = target(
                new HealthCheck(new Probe.Tcp("127.0.0.1", 1), Duration.ofMillis(200), 1_000, Duration.ofMillis(100)));
        rig.deploy(patient, crashing, "v1");

        Health health = rig.verify(patient, crashing, "v1");

        assertThat(health.healthy()).isFalse();
        assertThat(health.detail()).contains("exited with code 7, 3 times", "no database");
    }

    @Test
    void isForgottenWhereARetryCameInThePauseBetweenTwoStarts() throws IOException {
        Path cure = folder.resolve("cure");
        Path starts = folder.resolve("starts");
        Artifact.Archive curable = rig.controlPlane.publish(TestArchive.withStart("echo start >>'" + starts
                + "'; [ -e '" + cure + "' ] || exit 7; trap 'exit 0' TERM; while :; do sleep 0.05; done"));
        Target target = target(new HealthCheck(new Probe.Running(), Duration.ofSeconds(1), 5, Duration.ofMillis(100)));
        rig.deploy(target, curable, "v1");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.readAllLines(starts).size() > 3);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !rig.inspect(target, curable, "v1").running());

        Files.createFile(cure);
        await().atMost(Duration.ofMinutes(1)).until(() -> isAlive(target));
        rig.deploy(target, curable, "v1");

        assertThat(rig.verify(target, curable, "v1"))
                .satisfies(health ->
                        assertThat(health.healthy()).as(health.detail()).isTrue());
    }

    private boolean isAlive(Target target) {
        return ServiceRecord.read(rig.folder(target).resolve("service.json"))
                .map(ServiceRecord::pid)
                .flatMap(ProcessTable::find)
                .filter(ProcessTable.Entry::isAlive)
                .isPresent();
    }

    private Target target(HealthCheck health) {
        return new Target(
                "web-1",
                "local",
                "web",
                new TargetRuntime.ProcessRuntime(folder.resolve("srv/web-1").toString(), List.of("./start")),
                Map.of(),
                health,
                Duration.ofMinutes(1));
    }
}
