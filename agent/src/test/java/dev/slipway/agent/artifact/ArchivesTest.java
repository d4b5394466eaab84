package dev.slipway.agent.artifact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.slipway.agent.rig.TestArchive;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.FileOutputStream;
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

class ArchivesTest {
    @TempDir
    Path folder;

    private Path into = Path.of("");

    @BeforeEach
    void makeRelease() throws IOException {
        into = Files.createDirectory(folder.resolve("release"));
    }

    @Test
    void unpacksFilesFoldersAndLinks() throws Exception {
        unpack(new TestArchive()
                .folder("bin", 0755)
                .file("bin/run", "#!/bin/sh", 0755)
                .file("./config/app.yaml", "a: 1", 0644)
                .file("shared", "x", 0666)
                .special("start", TarConstants.LF_SYMLINK, "bin/run")
                .special("again", TarConstants.LF_LINK, "shared"));

        assertThat(into.resolve("bin/run")).isExecutable().hasContent("#!/bin/sh");
        assertThat(into.resolve("config/app.yaml")).hasContent("a: 1");
        assertThat(permissions("config/app.yaml")).isEqualTo("rw-r--r--");
        assertThat(permissions("shared")).isEqualTo("rw-r--r--");
        assertThat(Files.readSymbolicLink(into.resolve("start"))).hasToString("bin/run");
        assertThat(Files.isSameFile(into.resolve("again"), into.resolve("shared")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "a/../../escaped", "/absolute", "a/..", ".."})
    void refusesAnEntryThatLeadsOut(String name) {
        assertFails(new TestArchive().file(name, "x", 0644), FailureType.UNSAFE_ARCHIVE, "Archive entry");
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
    void refusesLinksThatLeadOutAndSpecialFiles(byte kind) {
        assertFails(new TestArchive().special("odd", kind, "/etc/passwd"), FailureType.UNSAFE_ARCHIVE, "\"odd\" is a");
    }

    @Test
    void refusesABomb() {
        assertFails(
                new TestArchive().file("zeros", new byte[32 << 20], 0644),
                FailureType.ARCHIVE_TOO_LARGE,
                "decompression bomb");
    }

    @Test
    void refusesWhatIsNoArchiveOrAPartOfOne() {
        byte[] whole = TestArchive.withStart("x".repeat(5_000)).bytes();
        byte[] cut = Arrays.copyOf(whole, whole.length / 2);

        assertThatThrownBy(() -> Archives.unpack(write(cut), into)).hasMessageContaining("truncated");
        assertThatThrownBy(() -> Archives.unpack(write("hello".getBytes(UTF_8)), into))
                .hasMessageContaining("Not an archive");
    }

    @Test
    void tellsADiskThatCannotBeWrittenFromAnUnsafeArchive() throws IOException {
        Files.writeString(into.resolve("start"), "somebody else's");

        assertFails(TestArchive.withStart("exit"), FailureType.TARGET_IO, "Could not write");
        assertThat(into.resolve("start")).hasContent("somebody else's");
    }

    @Test
    void stopsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> unpack(TestArchive.withStart("exit"))).isInstanceOf(InterruptedException.class);
    }

    private void assertFails(TestArchive archive, FailureType expected, String message) {
        assertThatThrownBy(() -> unpack(archive))
                .hasMessageContaining(message)
                .asInstanceOf(type(SlipwayException.class))
                .extracting(SlipwayException::type)
                .isEqualTo(expected);
    }

    private void unpack(TestArchive archive) throws IOException, InterruptedException {
        Archives.unpack(write(archive.bytes()), into);
    }

    // Not by a channel, which an interrupt would close.
    private Path write(byte[] bytes) throws IOException {
        Path file = folder.resolve("archive");
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            out.write(bytes);
        }
        return file;
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(into.resolve(file)));
    }
}
