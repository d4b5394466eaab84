package dev.slipway.agent.process;

import static dev.slipway.agent.rig.AgentRig.messageOf;
import static dev.slipway.agent.rig.AgentRig.typeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Observation;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.Health;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.core.secret.Mask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRuntimeTest {
    private static final String SERVE =
            "echo \"serving $SLIPWAY_VERSION $GREETING\"; trap 'echo bye; exit 0' TERM; while :; do sleep 0.05; done";

    private static final HealthCheck RUNNING =
            new HealthCheck(new Probe.Running(), Duration.ofSeconds(1), 5, Duration.ofMillis(100));

    private final Path folder;
    private final AgentRig rig;
    private final Target target;
    private final Artifact.Archive first;
    private final Artifact.Archive second;

    ProcessRuntimeTest(@TempDir Path folder) {
        this.folder = folder;
        this.rig = new AgentRig(folder.resolve("state"));
        this.target = targetOf(folder, Map.of("GREETING", "hello ${version}"), RUNNING);
        this.first = rig.controlPlane.publish(TestArchive.withStart(SERVE));
        this.second = rig.controlPlane.publish(TestArchive.withStart(SERVE + " # second"));
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void runsAnArchiveFromItsReleaseFolder() throws IOException {
        assertThat(rig.deploy(target, first, "v1").changed()).isTrue();

        assertThat(current()).isEqualTo(Path.of("releases", first.digest().hex()));
        assertThat(Path.of("/proc", pid().toString(), "cwd").toRealPath())
                .isEqualTo(directory().resolve(current()).toRealPath());
        assertThat(rig.ledger(target))
                .singleElement()
                .asString()
                .contains("\"apply\"", first.digest().value());
        assertThat(rig.verify(target, first, "v1").healthy()).isTrue();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(rig.controlPlane.lines)
                        .contains("serving v1 hello v1")
                        .anyMatch(line -> line.startsWith("Started pid"))
                        .anyMatch(line -> line.startsWith("Healthy:")));
    }

    @Test
    void runsAnArchiveWithTheLinksThatPeoplePack() throws IOException {
        Artifact.Archive linked = rig.controlPlane.publish(new TestArchive()
                .special("start", TarConstants.LF_SYMLINK, "node_modules/.bin/serve")
                .special("node_modules/.bin/serve", TarConstants.LF_SYMLINK, "../serve/bin/serve.sh")
                .file("node_modules/serve/bin/serve.sh", "#!/bin/sh\ntest -s lib64/libx.so || exit 9\n" + SERVE, 0755)
                .special("lib64", TarConstants.LF_SYMLINK, "lib")
                .file("lib/libx.so.1", "library", 0644)
                .special("lib/libx.so", TarConstants.LF_SYMLINK, "libx.so.1")
                .special("lib/libx.so.1.0", TarConstants.LF_LINK, "lib/libx.so.1"));

        rig.deploy(target, linked, "v1");

        assertThat(rig.verify(target, linked, "v1").healthy()).isTrue();
        assertThat(rig.remove(target).changed()).isTrue();
        assertThat(folder.resolve("srv")).doesNotExist();
    }

    @Test
    void givesTheServiceNothingOfTheAgentsEnvironmentButTheUsual() throws IOException {
        rig.deploy(target, first, "v1");

        List<String> names = Files.readString(Path.of("/proc", pid().toString(), "environ"))
                .lines()
                .flatMap(text -> List.of(text.split("\0", -1)).stream())
                .filter(variable -> variable.contains("="))
                .map(variable -> variable.substring(0, variable.indexOf('=')))
                .toList();

        assertThat(names)
                .contains(
                        "PATH",
                        "GREETING",
                        "SLIPWAY_TARGET",
                        "SLIPWAY_ENVIRONMENT",
                        "SLIPWAY_VERSION",
                        "SLIPWAY_DIGEST")
                .isSubsetOf(
                        "PATH",
                        "HOME",
                        "LANG",
                        "TZ",
                        "USER",
                        "GREETING",
                        "PWD",
                        "OLDPWD",
                        "SHLVL",
                        "_",
                        "SLIPWAY_TARGET",
                        "SLIPWAY_ENVIRONMENT",
                        "SLIPWAY_VERSION",
                        "SLIPWAY_DIGEST",
                        "SLIPWAY_REVISION",
                        "SLIPWAY_INSTANCE");
    }

    @Test
    void replacesTheOldProcessByTheNewOne() throws IOException {
        rig.deploy(target, first, "v1");
        Long old = pid();

        rig.deploy(target, second, "v2");

        assertThat(isAlive(old)).isFalse();
        assertThat(isAlive(pid())).isTrue();
        assertThat(current()).isEqualTo(Path.of("releases", second.digest().hex()));
        assertThat(rig.ledger(target)).hasSize(2);
    }

    @Test
    void doesNothingWhenTheSameDeploymentComesAgain() throws IOException {
        rig.deploy(target, first, "v1");
        Long before = pid();

        assertThat(rig.deploy(target, first, "v1").changed()).isFalse();

        assertThat(pid()).isEqualTo(before);
        assertThat(rig.ledger(target)).hasSize(1);
    }

    @Test
    void startsAnewForAnotherDeploymentOfTheSame() {
        rig.deploy(target, first, "v1");
        Long before = pid();

        rig.deploy(rig.step(new DeploymentId("d0000002"), new Fence(2, 1)), target, new Desired.Fresh(first, "v1"));

        assertThat(pid()).isNotEqualTo(before);
    }

    @Test
    void saysThatItIsCurrentWhenDigestAndConfigurationAreTheSame() {
        rig.deploy(target, first, "v1");

        assertThat(rig.inspect(target, first, "v1").current()).isTrue();
        assertThat(rig.inspect(target, second, "v2").current()).isFalse();
        Observation otherwise = rig.inspect(targetOf(Map.of("GREETING", "other")), first, "v1");
        assertThat(otherwise.current()).isFalse();
        assertThat(otherwise.running()).isTrue();
        assertThat(otherwise.detail()).contains("with a different configuration");
    }

    @Test
    void seesWhatIsThereAndNotWhatItWroteDown() throws IOException {
        rig.deploy(target, first, "v1");
        rig.deploy(target, second, "v2");
        Files.delete(directory().resolve("current"));
        Files.createSymbolicLink(
                directory().resolve("current"),
                Path.of("releases", first.digest().hex()));

        Observation seen = rig.inspect(target, second, "v2");

        assertThat(seen.revision()).isEqualTo(new Revision(first.digest(), "v1", null));
        assertThat(seen.current()).isFalse();
    }

    @Test
    void restoresARevisionWithTheConfigurationThatItRanWith() {
        rig.deploy(target, first, "v1");
        Revision ran = Objects.requireNonNull(rig.inspect(target, second, "v2").revision());
        Target changed = targetOf(Map.of("GREETING", "changed"));
        rig.deploy(changed, first, "v1");

        rig.restore(changed, ran);

        assertThat(ProcessTable.variable(pid(), "GREETING")).contains("hello v1");
        assertThat(rig.inspect(changed, second, "v2").revision()).isEqualTo(ran);
    }

    @Test
    void restoresWhatRanWhileTheApiIsAway() {
        rig.deploy(target, first, "v1");
        Revision ran = Objects.requireNonNull(rig.inspect(target, second, "v2").revision());
        rig.deploy(target, second, "v2");
        rig.controlPlane.answerSpecificationsWith(503);

        rig.restore(target, ran);

        assertThat(rig.inspect(target, first, "v1").current()).isTrue();
        assertThat(rig.controlPlane.specificationRequests).hasValue(1);
    }

    @Test
    void restoresFromTheArtifactStoreWhatTheNodeHasLost() {
        rig.deploy(target, first, "v1");

        rig.restore(target, new Revision(second.digest(), "v0", "f".repeat(64)));

        assertThat(rig.inspect(target, second, "v0").current()).isTrue();
    }

    @Test
    void saysWhenWhatRanBeforeIsGone() {
        rig.controlPlane.forget(second);

        Throwable thrown = catchThrowable(() -> rig.restore(target, new Revision(second.digest(), "v0", null)));

        assertThat(typeOf(thrown)).isEqualTo(FailureType.PREVIOUS_RELEASE_GONE);
    }

    @Test
    void leavesNothingBehindWhenItRemoves() throws IOException {
        rig.deploy(target, first, "v1");
        Long old = pid();

        assertThat(rig.remove(target).changed()).isTrue();

        assertThat(isAlive(old)).isFalse();
        assertThat(folder.resolve("srv")).doesNotExist();
        assertThat(rig.inspect(target, first, "v1").revision()).isNull();
        assertThat(rig.ledger(target)).last().asString().contains("\"remove\"");
        assertThat(rig.remove(target).changed()).isFalse();
        assertThat(rig.ledger(target)).hasSize(2);
    }

    @Test
    void keepsWhatOthersPutIntoTheDirectory() throws IOException {
        rig.deploy(target, first, "v1");
        Files.writeString(directory().resolve("notes.txt"), "mine");

        rig.remove(target);

        assertThat(directory()).isDirectoryContaining("glob:**/notes.txt");
        assertThat(directory().resolve("releases")).doesNotExist();
        assertThat(directory().resolve("current")).doesNotExist();
    }

    @Test
    void leavesTheOldProcessAloneWhenTheNewOneCannotBeStarted() {
        rig.deploy(target, first, "v1");
        Long before = pid();
        Artifact.Archive broken = rig.controlPlane.publish(new TestArchive().file("start", "no bit", 0644));

        Throwable thrown = catchThrowable(() -> rig.deploy(target, broken, "v2"));

        assertThat(typeOf(thrown)).isEqualTo(FailureType.COMMAND_NOT_STARTED);
        assertThat(messageOf(thrown)).contains("not executable");
        assertThat(pid()).isEqualTo(before);
        assertThat(isAlive(before)).isTrue();
    }

    @Test
    void saysWhenTheInterpreterIsMissing() {
        Artifact.Archive broken =
                rig.controlPlane.publish(new TestArchive().file("start", "#!/no/such/interpreter\n", 0755));

        Throwable thrown = catchThrowable(() -> rig.deploy(target, broken, "v1"));

        assertThat(typeOf(thrown)).isEqualTo(FailureType.COMMAND_NOT_STARTED);
    }

    @Test
    void refusesAnImage() {
        Artifact.Image image = new Artifact.Image("registry.example/web", first.digest());

        assertThatThrownBy(() -> rig.deploy(target, image, "v1"))
                .satisfies(thrown -> assertThat(typeOf(thrown)).isEqualTo(FailureType.INVALID_INPUT));
    }

    @Test
    void startsAServiceAgainThatEndedByItself() throws IOException {
        rig.deploy(target, first, "v1");
        Long before = pid();

        ProcessHandle.of(before).ifPresent(ProcessHandle::destroyForcibly);

        await().atMost(Duration.ofMinutes(1)).until(() -> !pid().equals(before) && isAlive(pid()));
        assertThat(rig.ledger(target)).hasSize(1);
    }

    @Test
    void killsWhatIgnoresSigterm() {
        Artifact.Archive stubborn =
                rig.controlPlane.publish(TestArchive.withStart("trap '' TERM; while :; do sleep 0.05; done"));
        rig.deploy(target, stubborn, "v1");
        Long old = pid();

        rig.deploy(target, first, "v2");

        assertThat(isAlive(old)).isFalse();
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() ->
                        assertThat(rig.controlPlane.lines).anyMatch(line -> line.startsWith("Killed pid " + old)));
    }

    @Test
    void stopsTheWholeProcessGroup() throws IOException {
        Artifact.Archive family = rig.controlPlane.publish(
                TestArchive.withStart("sleep 300 & echo $! > child; while :; do sleep 0.05; done"));
        rig.deploy(target, family, "v1");
        Path file = directory().resolve("current/child");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(file) && !Files.readString(file).isBlank());
        long child = Long.parseLong(Files.readString(file).strip());

        rig.remove(target);

        assertThat(isAlive(child)).isFalse();
    }

    @Test
    void masksSecretsInLogsAndHealthDetails() {
        Target secretive = targetOf(
                Map.of("DB_PASSWORD", "hunter22hunter22"),
                new HealthCheck(
                        new Probe.Command(List.of("sh", "-c", "echo wrong $DB_PASSWORD; exit 1")),
                        Duration.ofSeconds(2),
                        1,
                        Duration.ofMillis(50)));
        Artifact.Archive talking = rig.controlPlane.publish(TestArchive.withStart("echo $DB_PASSWORD; " + SERVE));
        rig.deploy(secretive, talking, "v1");

        Health health = rig.verify(secretive, talking, "v1");

        assertThat(health.detail()).contains("wrong ***").doesNotContain("hunter22");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(rig.controlPlane.lines).contains("***"));
        assertThat(rig.controlPlane.lines).noneMatch(line -> line.contains("hunter22"));
    }

    @Test
    void masksASecretThatTheBeginningOfTheLastLinesWouldCut() {
        Target secretive = targetOf(Map.of("DB_PASSWORD", "hunter22hunter22"), RUNNING);
        Artifact.Archive talking =
                rig.controlPlane.publish(TestArchive.withStart("echo \"$DB_PASSWORD$(printf %0990d 0)\" >&2; exit 1"));
        rig.deploy(secretive, talking, "v1");

        Health health = rig.verify(secretive, talking, "v1");

        assertThat(health.detail()).contains("last log lines: ", "***000").doesNotContain("22");
    }

    @Test
    void masksTheHalfOfASecretThatAHealthCommandHasPrintedWhenItIsStopped() {
        Target secretive = targetOf(
                Map.of("DB_PASSWORD", "hunter22hunter22"),
                new HealthCheck(
                        new Probe.Command(
                                List.of("sh", "-c", "printf 'is %s' \"${DB_PASSWORD%????????}\"; exec sleep 60")),
                        Duration.ofMillis(500),
                        1,
                        Duration.ofMillis(50)));
        rig.deploy(secretive, first, "v1");

        assertThat(rig.verify(secretive, first, "v1").detail()).contains("output \"is ***" + Mask.CUT + "\"");
    }

    @Test
    void masksTheSecretsOfWhatRanBefore() {
        Artifact.Archive talking = rig.controlPlane.publish(TestArchive.withStart(
                "trap 'echo \"bye $DB_PASSWORD\"; exit 0' TERM; echo started; while :; do sleep 0.05; done"));
        Target before = targetOf(Map.of("DB_PASSWORD", "hunter22hunter22"), RUNNING);
        rig.deploy(before, talking, "v1");
        rig.verify(before, talking, "v1");

        rig.deploy(targetOf(Map.of("DB_PASSWORD", "changed-by-now"), RUNNING), talking, "v2");

        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(rig.controlPlane.lines).contains("bye ***"));
        assertThat(rig.controlPlane.lines).noneMatch(line -> line.contains("hunter22"));
    }

    @Test
    void movesToAnotherDirectoryWithoutLeavingTheOldProcess() {
        rig.deploy(target, first, "v1");
        Long old = pid();
        Target moved = new Target(
                target.name(),
                target.node(),
                target.component(),
                new TargetRuntime.ProcessRuntime(folder.resolve("srv/moved").toString(), List.of("./start")),
                target.environment(),
                target.health(),
                target.timeout());

        rig.deploy(moved, second, "v2");

        assertThat(isAlive(old)).isFalse();
        assertThat(isAlive(pid())).isTrue();
        assertThat(folder.resolve("srv/moved/current")).exists();
    }

    @Test
    void keepsTheLastFewReleasesAndTheOneThatWasReplaced() throws IOException {
        for (int version = 1; version <= 8; version++) {
            rig.deploy(target, rig.controlPlane.publish(TestArchive.withStart(SERVE + " #" + version)), "v" + version);
        }

        try (var releases = Files.list(directory().resolve("releases"))) {
            assertThat(releases).hasSize(5);
        }
        assertThat(directory().resolve("current").resolve("start")).exists();
    }

    private Path directory() {
        return folder.resolve("srv/web-1");
    }

    private Path current() throws IOException {
        return Files.readSymbolicLink(directory().resolve("current"));
    }

    private Long pid() {
        return Optional.ofNullable(ServiceRecord.read(rig.folder(target).resolve("service.json"))
                        .orElseThrow()
                        .pid())
                .orElse(-1L);
    }

    private static boolean isAlive(long pid) {
        return ProcessTable.find(pid).filter(ProcessTable.Entry::isAlive).isPresent();
    }

    private Target targetOf(Map<String, String> environment) {
        return targetOf(folder, environment, RUNNING);
    }

    private Target targetOf(Map<String, String> environment, HealthCheck health) {
        return targetOf(folder, environment, health);
    }

    private static Target targetOf(Path folder, Map<String, String> environment, HealthCheck health) {
        return new Target(
                "web-1",
                "local",
                "web",
                new TargetRuntime.ProcessRuntime(folder.resolve("srv/web-1").toString(), List.of("./start")),
                environment,
                health,
                Duration.ofMinutes(1));
    }
}
