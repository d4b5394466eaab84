package dev.slipway.agent.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.rig.FakeControlPlane;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveStoreTest {
    @TempDir
    Path folder;

    private final FakeControlPlane controlPlane = new FakeControlPlane();
    private final byte[] content = bytes(20_000);
    private final List<String> said = new ArrayList<>();

    @AfterEach
    void stop() {
        controlPlane.close();
    }

    @Test
    void fetchesAnArchiveOnceForAllTargets() throws Exception {
        Artifact.Archive archive = controlPlane.publish(content);

        Path file = fetch(archive);
        fetch(archive);

        assertThat(file).hasBinaryContent(content);
        assertThat(controlPlane.ranges).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_999, 4_000, 7_777, 19_999})
    void goesOnWhereTheConnectionBroke(int bytes) throws Exception {
        Artifact.Archive archive = controlPlane.publish(content);
        controlPlane.breakAfter(bytes);

        assertThat(fetch(archive)).hasBinaryContent(content);
        assertThat(controlPlane.ranges).contains("bytes=" + bytes + "-");
        assertThat(said).anyMatch(line -> line.contains("The download was interrupted at byte " + bytes));
    }

    @Test
    void goesOnWhereAKilledAgentStopped() throws Exception {
        Artifact.Archive archive = controlPlane.publish(content);
        Files.write(part(archive), Arrays.copyOf(content, 12_345));

        assertThat(fetch(archive)).hasBinaryContent(content);
        assertThat(controlPlane.ranges).containsExactly("bytes=12345-");
    }

    @Test
    void beginsAnewWhereAKilledAgentLeftDamage() throws Exception {
        Artifact.Archive archive = controlPlane.publish(content);
        Files.write(part(archive), new byte[12_345]);

        assertThat(fetch(archive)).hasBinaryContent(content);
    }

    @Test
    void finishesAPartThatIsWholeAlready() throws Exception {
        Artifact.Archive archive = controlPlane.publish(content);
        Files.write(part(archive), content);

        assertThat(fetch(archive)).hasBinaryContent(content);
    }

    @Test
    void refusesWhatHasAnotherDigest() {
        Artifact.Archive archive = controlPlane.publish(content);
        controlPlane.falsify(archive, bytes(100));

        assertFails(archive, FailureType.DIGEST_MISMATCH);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void saysWhenTheStoreDoesNotHaveIt() {
        Artifact.Archive archive = controlPlane.publish(content);
        controlPlane.forget(archive);

        assertFails(archive, FailureType.UNKNOWN_ARTIFACT);
    }

    @Test
    void givesUpWhenNothingArrives() {
        Artifact.Archive archive = controlPlane.publish(content);
        controlPlane.breakAfter(0);

        assertFails(archive, FailureType.ARTIFACT_UNAVAILABLE);
    }

    @Test
    void stopsWhenItIsInterrupted() throws Exception {
        Artifact.Archive archive = controlPlane.publish(content);
        controlPlane.drip(Duration.ofMillis(20));
        Thread fetching = Thread.ofVirtual().start(() -> {
            try {
                fetch(archive);
            } catch (InterruptedException e) {
                said.add("interrupted");
            }
        });
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(part(archive)));

        fetching.interrupt();

        assertThat(fetching.join(Duration.ofMinutes(1))).isTrue();
        assertThat(said).contains("interrupted");
    }

    private void assertFails(Artifact.Archive archive, FailureType expected) {
        assertThatThrownBy(() -> fetch(archive))
                .asInstanceOf(type(SlipwayException.class))
                .extracting(SlipwayException::type)
                .isEqualTo(expected);
    }

    private Path fetch(Artifact.Archive archive) throws InterruptedException {
        return new ArchiveStore(folder, controlPlane.client()).fetch(archive.digest(), said::add);
    }

    private Path part(Artifact.Archive archive) {
        return folder.resolve(archive.digest().hex() + ".part");
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }
}
