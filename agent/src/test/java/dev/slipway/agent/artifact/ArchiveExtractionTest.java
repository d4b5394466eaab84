package dev.slipway.agent.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveExtractionTest {
    @TempDir
    Path folder;

    private Path into = Path.of("");

    @BeforeEach
    void makeRelease() throws IOException {
        into = Files.createDirectory(folder.resolve("release"));
    }

    @Test
    void unpacksFilesAndFoldersWithTheirExecutableBit() throws Exception {
        extract(new TestArchive()
                .folder("bin", 0755)
                .file("bin/run", "#!/bin/sh", 0755)
                .file("./config/app.yaml", "a: 1", 0644)
                .file("shared", "x", 0666));

        assertThat(into.resolve("bin/run")).isExecutable().hasContent("#!/bin/sh");
        assertThat(into.resolve("config/app.yaml")).hasContent("a: 1");
        assertThat(permissions("config/app.yaml")).isEqualTo("rw-r--r--");
        assertThat(permissions("shared")).isEqualTo("rw-r--r--");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "a/../../escaped", "/absolute", "a/..", ".."})
    void refusesAnEntryThatLeadsOut(String name) {
        assertFails(new TestArchive().file(name, "x", 0644), FailureType.UNSAFE_ARCHIVE, "leads out");
        assertThat(folder.resolve("escaped")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void refusesWhatIsNeitherFileNorFolder(byte kind) {
        assertFails(
                new TestArchive().special("odd", kind, "etc"), FailureType.UNSAFE_ARCHIVE, "only files and folders");
    }

    @ParameterizedTest
    @ValueSource(ints = {04755, 02755})
    void refusesFilesWithSpecialRights(int mode) {
        assertFails(new TestArchive().file("su", "x", mode), FailureType.UNSAFE_ARCHIVE, "setuid");
    }

    @Test
    void refusesABomb() {
        TestArchive bomb = new TestArchive().file("zeros", new byte[8 << 20], 0644);
        ArchiveLimits limits = new ArchiveLimits(100, 10, 1L << 30, 100, 1 << 20);

        assertThatThrownBy(() -> ArchiveExtraction.extract(write(bomb.bytes()), into, limits))
                .asInstanceOf(type(SlipwayException.class))
                .extracting(SlipwayException::type)
                .isEqualTo(FailureType.ARCHIVE_TOO_LARGE);
    }

    @Test
    void acceptsWhatCompressesWellBelowTheFloor() throws Exception {
        extract(new TestArchive().file("zeros", new byte[32 << 20], 0644));

        assertThat(into.resolve("zeros")).hasSize(32 << 20);
    }

    @Test
    void refusesTooManyEntries() {
        TestArchive many = new TestArchive();
        for (int i = 0; i < 12; i++) {
            many.file("f" + i, "", 0644);
        }
        ArchiveLimits limits = new ArchiveLimits(10, 10, 1 << 20, 100, 1 << 20);

        assertThatThrownBy(() -> ArchiveExtraction.extract(write(many.bytes()), into, limits))
                .hasMessageContaining("more than 10 entries");
    }

    @Test
    void refusesFoldersThatAreTooDeep() {
        assertFails(
                new TestArchive().file("d/".repeat(1_000) + "f", "x", 0644),
                FailureType.ARCHIVE_TOO_LARGE,
                "deeper than 100");
    }

    @Test
    void refusesWhatIsNoArchive() {
        assertThatThrownBy(() -> ArchiveExtraction.extract(write("hello".getBytes(UTF_8)), into))
                .hasMessageContaining("no sound tar.gz");
    }

    @Test
    void refusesAnArchiveThatIsCutShort() {
        byte[] whole = TestArchive.withStart("x".repeat(5_000)).bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> ArchiveExtraction.extract(write(cut), into)).hasMessageContaining("no sound tar.gz");
    }

    @Test
    void stopsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> extract(TestArchive.withStart("exit"))).isInstanceOf(InterruptedException.class);
    }

    private void assertFails(TestArchive archive, FailureType expected, String message) {
        assertThatThrownBy(() -> extract(archive))
                .hasMessageContaining(message)
                .asInstanceOf(type(SlipwayException.class))
                .extracting(SlipwayException::type)
                .isEqualTo(expected);
    }

    private void extract(TestArchive archive) throws IOException, InterruptedException {
        ArchiveExtraction.extract(write(archive.bytes()), into);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("archive.tar.gz"), bytes);
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(into.resolve(file)));
    }
}
