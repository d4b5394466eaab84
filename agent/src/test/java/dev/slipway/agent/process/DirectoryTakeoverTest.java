package dev.slipway.agent.process;

import static dev.slipway.agent.rig.AgentRig.messageOf;
import static dev.slipway.agent.rig.AgentRig.typeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.slipway.agent.rig.AgentRig;
import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.Desired;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.workflows.fleet.TargetActivities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A directory that was declared for one target is declared for another. */
class DirectoryTakeoverTest {
    private final Path folder;
    private final AgentRig rig;
    private final Target former;
    private final Target renamed;
    private final Artifact.Archive first;
    private final Artifact.Archive second;
    private long before;

    DirectoryTakeoverTest(@TempDir Path folder) {
        this.folder = folder;
        this.rig = new AgentRig(folder.resolve("state"));
        this.former = target("web-1", folder.resolve("srv/web"));
        this.renamed = target("shop-1", folder.resolve("srv/web"));
        this.first = rig.controlPlane.publish(TestArchive.withStart("exec sleep 300"));
        this.second = rig.controlPlane.publish(TestArchive.withStart("exec sleep 301"));
    }

    @BeforeEach
    void deploy() {
        rig.deploy(former, first, "v1");
        before = pid(former);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void stopsAndForgetsWhatTheFormerTargetRanThere() {
        rig.deploy(renamed, second, "v2");

        assertThat(isAlive(before)).isFalse();
        assertThat(record(former)).doesNotExist();
        assertThat(isAlive(pid(renamed))).isTrue();
        assertThat(rig.verify(renamed, second, "v2").healthy()).isTrue();
    }

    @Test
    void knowsTheDirectoryBehindALink() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("srv"));

        rig.deploy(target("shop-1", link.resolve("web")), second, "v2");

        assertThat(isAlive(before)).isFalse();
    }

    @Test
    void letsTwoTargetsExchangeTheirDirectories() {
        Target other = target("web-2", folder.resolve("srv/other"));
        rig.deploy(other, first, "v1");
        long otherBefore = pid(other);
        Target here = target(former.name(), folder.resolve("srv/other"));
        Target there = target(other.name(), folder.resolve("srv/web"));

        rig.deploy(here, second, "v2");
        rig.deploy(there, second, "v2");

        assertThat(isAlive(before)).isFalse();
        assertThat(isAlive(otherBefore)).isFalse();
        assertThat(rig.inspect(here, second, "v2").current()).isTrue();
        assertThat(rig.inspect(there, second, "v2").current()).isTrue();
    }

    @Test
    void leavesTheDirectoryAloneWhenTheFormerTargetIsRemovedFromElsewhere() {
        rig.deploy(renamed, second, "v2");
        Target moved = target(former.name(), folder.resolve("srv/moved"));

        assertThat(rig.inspect(moved, first, "v1").revision()).isNull();
        assertThat(rig.remove(moved).changed()).isFalse();

        assertThat(rig.inspect(renamed, second, "v2").current()).isTrue();
    }

    @Test
    void stopsWhatRunsInTheDirectoryThatIsRemoved() {
        assertThat(rig.remove(renamed).changed()).isTrue();

        assertThat(isAlive(before)).isFalse();
        assertThat(folder.resolve("srv/web/current")).doesNotExist();
    }

    @Test
    void refusesTheDirectoryOfAnotherEnvironment() {
        TargetActivities.Step step = new TargetActivities.Step(AgentRig.DEPLOYMENT, "production", new Fence(1, 1));
        Desired desired = new Desired.Fresh(second, "v2");

        List<Throwable> refused = List.of(
                catchThrowable(() ->
                        rig.steps().inspect(new TargetActivities.Inspect(step, rig.reference(step, renamed), desired))),
                catchThrowable(() ->
                        rig.steps().deploy(new TargetActivities.Deploy(step, rig.reference(step, renamed), desired))),
                catchThrowable(
                        () -> rig.steps().remove(new TargetActivities.Remove(step, rig.reference(step, renamed)))));

        assertThat(refused).allSatisfy(thrown -> {
            assertThat(typeOf(thrown)).isEqualTo(FailureType.INVALID_INPUT);
            assertThat(messageOf(thrown))
                    .contains("belongs to target web-1 of environment staging", "another directory");
        });
        assertThat(isAlive(before)).isTrue();
        assertThat(rig.inspect(former, first, "v1").current()).isTrue();
    }

    private Path record(Target target) {
        return rig.folder(target).resolve("service.json");
    }

    private long pid(Target target) {
        return Objects.requireNonNull(
                ServiceRecord.read(record(target)).orElseThrow().pid());
    }

    private static boolean isAlive(long pid) {
        return ProcessTable.find(pid).filter(ProcessTable.Entry::isAlive).isPresent();
    }

    private static Target target(String name, Path directory) {
        return new Target(
                name,
                "local",
                "web",
                new TargetRuntime.ProcessRuntime(directory.toString(), List.of("./start")),
                Map.of(),
                HealthCheck.RUNNING,
                Duration.ofMinutes(1));
    }
}
