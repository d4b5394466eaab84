package dev.slipway.acceptance.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.acceptance.stack.SmallDisk;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.PushOutcome;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the clones is full (R10). */
@EnabledIf(value = "isPossible", disabledReason = GitServer.NEEDS + ", and " + SmallDisk.NEEDS)
class GitDiskFullIT {
    @TempDir
    static Path folder;

    static GitServer server;

    @TempDir
    Path work;

    private SmallDisk disk;
    private BareRepository repository;
    private IacRepository iac;
    private Pusher pusher;

    static boolean isPossible() {
        return GitServer.isUsable() && SmallDisk.isPossible();
    }

    @BeforeAll
    static void start() {
        server = GitServer.start(folder);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void begin(TestInfo test) throws IOException {
        disk = SmallDisk.at(work.resolve("clones"), 3);
        repository =
                server.create(test.getTestMethod().orElseThrow().getName()).seed("main", Map.of("README.md", "Ours"));
        iac = Pusher.repository(
                server.https(repository.name()), "git", Files.readString(server.certificate()), List.of());
        pusher = new Pusher(disk.folder(), Map.of("git", GitServer.PASSWORD));
    }

    @AfterEach
    void end() {
        disk.close();
    }

    @Test
    void aRepositoryThatDoesNotFitFailsAtOnceAndLeavesNothingHalfFetched() throws IOException {
        repository.commitByHand("large", incompressible(5 << 20));

        assertNoSpaceFor(Pusher.change("dep1", "charts/shop", "1.0.0"));

        assertThat(temporaryFiles()).isEmpty();
        assertThat(repository.commits()).isEqualTo(2);
        disk.grow(30);
        assertPushed("dep2");
    }

    @Test
    void aChangeForWhichThereIsNoByteLeftIsMadeOnceThereIs() throws IOException {
        assertPushed("dep1");
        disk.fill();

        assertNoSpaceFor(Pusher.change("dep2", "charts/shop", "2.0.0"));

        assertThat(repository.commits()).isEqualTo(2);
        disk.free();
        assertPushed("dep2");
        assertThat(repository.trailers("Slipway-Deployment")).containsExactly("dep2", "dep1");
    }

    @Test
    void aPushThatTheRemoteHasTakenIsNoFailureWhenTheCloneCannotNoteIt() {
        assertPushed("dep1");
        ChartChange change = Pusher.change("dep2", "charts/shop", "2.0.0");

        List<PushOutcome> outcomes = pusher.push(iac, this::fillOnceItIsPushing, change);

        assertThat(outcomes).containsExactly(new PushOutcome.Committed(change.deployment(), repository.head()));
        disk.free();
        assertPushed("dep3");
        assertThat(repository.trailers("Slipway-Deployment")).containsExactly("dep3", "dep2", "dep1");
    }

    private void fillOnceItIsPushing(String step) {
        if (step.startsWith("pushing")) {
            disk.fill();
        }
    }

    private void assertNoSpaceFor(ChartChange change) {
        assertThatExceptionOfType(ApplicationFailure.class)
                .isThrownBy(() -> pusher.push(iac, change))
                .satisfies(full -> assertThat(full.getType()).isEqualTo(FailureType.DISK_FULL.wireName()))
                .satisfies(full -> assertThat(full.getOriginalMessage()).contains("SLIPWAY_GITOPS_CLONES"));
    }

    private void assertPushed(String id) {
        assertThat(pusher.push(iac, Pusher.change(id, "charts/shop", "1.0." + id.charAt(3))))
                .containsExactly(new PushOutcome.Committed(new DeploymentId(id), repository.head()));
    }

    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.walk(disk.folder())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/objects/"))
                    .toList();
        }
    }

    private static byte[] incompressible(int size) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);
        return bytes;
    }
}
