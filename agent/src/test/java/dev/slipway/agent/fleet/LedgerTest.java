package dev.slipway.agent.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Fence;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetRuntime;
import dev.slipway.core.health.HealthCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {
    private static final Installed.Origin ORIGIN = new Installed.Origin(new DeploymentId("d0000001"), new Fence(1, 3));

    @TempDir
    Path folder;

    @Test
    void tellsEachChangeOnceWhateverDiesBetween() throws IOException {
        assertThat(open().applied(ORIGIN, revision())).isTrue();
        assertThat(open().applied(ORIGIN, revision())).isFalse();
        assertThat(open().removed(new Installed.Origin(ORIGIN.deployment(), new Fence(1, 4))))
                .isTrue();

        assertThat(lines())
                .hasSize(2)
                .first()
                .asString()
                .contains(
                        "\"fence\":\"1.3\"", "\"action\":\"apply\"", revision().id());
    }

    @Test
    void goesOnBehindALineThatACrashCutShort() throws IOException {
        open().applied(ORIGIN, revision());
        Files.writeString(file(), "{\"at\":\"20", StandardOpenOption.APPEND);

        assertThat(open().applied(ORIGIN, revision())).isFalse();
        open().removed(new Installed.Origin(ORIGIN.deployment(), new Fence(1, 4)));

        assertThat(lines()).hasSize(3).last().asString().contains("\"remove\"");
    }

    private Ledger open() {
        return new Ledger(file());
    }

    private Path file() {
        return folder.resolve("ledger.jsonl");
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    private static RevisionRecord revision() {
        Target target = new Target(
                "web-1",
                "local",
                "web",
                new TargetRuntime.ProcessRuntime("/srv/web-1", List.of("./start")),
                Map.of(),
                HealthCheck.RUNNING,
                Target.DEFAULT_TIMEOUT);
        return RevisionRecord.of(target, new Artifact.Archive(new Digest("sha256:" + "a".repeat(64)), 1), "v1");
    }
}
