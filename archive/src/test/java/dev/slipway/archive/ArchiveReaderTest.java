package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveReaderTest {
    private static final ArchiveLimits SMALL = new ArchiveLimits(10, 5, 100, 1 << 20, 2 << 20, 100, 256 << 10);

    @TempDir
    Path folder;

    private Path into = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        into = Files.createDirectory(folder.resolve("into"));
    }

    @Test
    void unpacksFilesFoldersAndLinks() throws IOException {
        ArchiveReader.Summary summary = unpack(new TarBuilder()
                .folder("./", 0755)
                .file("./bin/run", "#!/bin/sh", 0755)
                .file("./shared", "x", 0666)
                .symbolicLink("./run", "bin/run")
                .hardLink("./again", "./shared"));

        assertThat(summary).isEqualTo(new ArchiveReader.Summary(5, 10));
        assertThat(FolderTree.of(into))
                .containsEntry("bin", "folder rwxr-xr-x")
                .containsEntry("run", "-> bin/run")
                .hasSize(5);
        assertThat(FolderTree.of(into).get("bin/run")).startsWith("file rwxr-xr-x");
        assertThat(FolderTree.of(into).get("shared"))
                .startsWith("file rw-r--r--")
                .endsWith("is again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/x", "a/..", "..", "./../x", "a/../b", "a\\b", "a\nb", "a\u0085b"})
    void refusesPathsThatLeadOut(String name) throws IOException {
        assertUnsafe(new TarBuilder().file(name), "Archive entry");
        assertThat(folder).isDirectoryNotContaining("glob:**/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "..",
                "../x",
                "a/../../x",
                "missing/../../x",
                "file/../../x",
                "up/../../x",
                "away/x",
                "self",
                "pong",
            })
    void refusesLinksThatLeadOut(String target) throws IOException {
        TarBuilder archive = new TarBuilder()
                .symbolicLink("self", target)
                .symbolicLink("ping", "pong")
                .symbolicLink("pong", "ping")
                .file("file")
                .file("deep/er/file")
                .symbolicLink("away", "deep/er/up")
                .symbolicLink("deep/er/up", "../../..")
                .symbolicLink("up", "deep/er");
        assertUnsafe(archive, "link");
        assertThat(FolderTree.of(folder)).doesNotContainValue("-> " + target);
    }

    @Test
    void followsALinkFromWhereItReallyIs() throws IOException {
        // Read as text, b/.. is the root; followed, it is x/y/.., and the link of the second archive leads out of it.
        unpack(new TarBuilder()
                .symbolicLink("a", "b/../../z")
                .symbolicLink("b", "x/y")
                .file("x/y/file"));
        assertThat(into.resolve("a")).isSymbolicLink();

        assertUnsafe(
                new TarBuilder()
                        .symbolicLink("x/y/a", "b/../../z")
                        .symbolicLink("x/y/b", "../..")
                        .file("x/y/file"),
                "escapes the archive root");
    }

    @Test
    void checksAHardLinkToASymbolicLinkWhereItIs() throws IOException {
        assertUnsafe(new TarBuilder().symbolicLink("a/b/link", "../../x").hardLink("link", "a/b/link"), "escapes");

        unpack(new TarBuilder().symbolicLink("link", "x").hardLink("a/again", "link"));
        assertThat(Files.readSymbolicLink(into.resolve("a/again"))).hasToString("x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "folder", "../outside", "/etc/passwd", "link/file", "self"})
    void refusesHardLinksToAnythingButAFileOfTheArchive(String target) throws IOException {
        Files.writeString(folder.resolve("outside"), "secret");
        assertUnsafe(
                new TarBuilder()
                        .file("folder/file")
                        .symbolicLink("link", "folder")
                        .hardLink("self", target),
                "hard link|absolute");
    }

    @Test
    void neverWritesThroughALink() throws IOException {
        assertUnsafe(new TarBuilder().symbolicLink("a", ".").file("a/x"), "not a folder");
        assertUnsafe(new TarBuilder().file("a/x").symbolicLink("a", "."), "two types");
        assertUnsafe(new TarBuilder().symbolicLink("a", "x").file("a"), "two types");
        assertUnsafe(new TarBuilder().file("x").hardLink("a", "x").file("a"), "two types");
        assertUnsafe(new TarBuilder().file("a").file("a/b"), "not a folder");
        assertUnsafe(new TarBuilder().file("a/b").file("a"), "two types");
        assertUnsafe(new TarBuilder().file("a").file("./a"), "twice");
    }

    @Test
    void takesAFolderTwice() throws IOException {
        unpack(new TarBuilder().folder("a", 0700).file("a/x").folder("./a", 0755));

        assertThat(FolderTree.of(into)).containsEntry("a", "folder rwxr-xr-x");
    }

    @Test
    void refusesNamesThatAreNoUtf8() throws IOException {
        byte[] latin = new TarBuilder(StandardCharsets.ISO_8859_1)
                .file("caf\u00e9.txt")
                .file("caf\u00e8.txt")
                .gzipped();

        assertFailure(latin, FailureType.UNSAFE_ARCHIVE, "not valid UTF-8");
    }

    @Test
    void takesQuestionMarksThatAreSpelledSo() throws IOException {
        unpack(new TarBuilder()
                .file("what?")
                .file("x/" + "why?".repeat(50) + "/z")
                .symbolicLink("how?", "what?"));

        assertThat(into.resolve("what?")).exists();
    }

    @Test
    void refusesNamesOver255Bytes() throws IOException {
        assertUnsafe(new TarBuilder().file("\u00e9".repeat(128)), "more than 255 bytes");

        unpack(new TarBuilder().file("\u00e9".repeat(127)));
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_CHR, TarConstants.LF_BLK, TarConstants.LF_FIFO, TarConstants.LF_CONTIG, 'V'})
    void refusesSpecialFiles(byte type) throws IOException {
        assertUnsafe(new TarBuilder().special("odd", type, ""), "Archive entry \"odd\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {04755, 02755, 06644})
    void refusesSetIdFilesAndDropsTheBitOfFolders(int mode) throws IOException {
        assertUnsafe(new TarBuilder().file("program", "x", mode), "setuid or setgid");

        unpack(new TarBuilder().folder("shared", mode | 01000).file("shared/x"));
        assertThat((int) Files.getAttribute(into.resolve("shared"), "unix:mode") & 07000)
                .isZero();
    }

    @Test
    void countsTheRatioOfTheWhole() throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(1).nextBytes(noise);
        byte[] zerosFirst = new TarBuilder()
                .file("a.img", new byte[64 << 20], 0644)
                .file("z.bin", noise, 0644)
                .gzipped();
        assertThat(read(zerosFirst, ArchiveLimits.DEFAULT).bytes()).isEqualTo(65 << 20);

        byte[] bomb = new TarBuilder().file("zeros", new byte[11 << 20], 0644).gzipped();
        assertFailure(bomb, FailureType.ARCHIVE_TOO_LARGE, "more than 100 times its size");
        byte[] harmless =
                new TarBuilder().file("zeros", new byte[9 << 20], 0644).gzipped();
        assertThat(read(harmless, ArchiveLimits.DEFAULT).bytes()).isEqualTo(9 << 20);
    }

    @ParameterizedTest
    @CsvSource({"11, 1, 1", "1, 6, 1", "1, 1, 1048577", "3, 1, 1000000"})
    void refusesMoreThanItsLimits(int files, int depth, int size) throws IOException {
        byte[] noise = new byte[size];
        new Random(1).nextBytes(noise);
        TarBuilder many = new TarBuilder();
        for (int i = 0; i < files; i++) {
            many.file("d/".repeat(depth - 1) + i, noise, 0644);
        }

        assertTooLarge(many.bytes(), SMALL);
    }

    @Test
    void countsFoldersThatOnlyPathsName() {
        TarBuilder deep = new TarBuilder();
        List.of("a", "b", "c", "d").forEach(top -> deep.file(top + "/x/y/z"));

        assertTooLarge(deep.bytes(), SMALL);
    }

    @Test
    void refusesAHeaderThatFillsTheMemory() {
        byte[] name = new TarBuilder().header(new byte[3 << 20]).file("a").bytes();

        assertThatThrownBy(() -> read(name, ArchiveLimits.DEFAULT)).hasMessageContaining("header of more than 1 MiB");
    }

    @Test
    void refusesLinksThatTakeForeverToFollow() {
        TarBuilder links = new TarBuilder().symbolicLink("0", "./".repeat(10) + "x/../".repeat(300) + "x");
        for (int i = 1; i < 2_000; i++) {
            links.symbolicLink("" + i, "" + i % 30 + "/../".repeat(1) + (i - 1 < 30 ? i - 1 : 29));
        }

        assertThatThrownBy(() -> read(links.bytes(), ArchiveLimits.DEFAULT)).isInstanceOf(SlipwayException.class);
    }

    @Test
    void refusesWhatIsNoArchiveOrAPartOfOne() throws IOException {
        byte[] tar = new TarBuilder().file("a", "x".repeat(5_000), 0644).bytes();
        byte[] gzip = TarBuilder.gzipped(tar);
        assertFailure(new byte[0], FailureType.UNSAFE_ARCHIVE, "Not an archive");
        assertFailure("hello".getBytes(StandardCharsets.UTF_8), FailureType.UNSAFE_ARCHIVE, "Not an archive");
        assertFailure(TarBuilder.gzipped(new byte[] {1}), FailureType.UNSAFE_ARCHIVE, "");
        assertFailure(new TarBuilder().gzipped(), FailureType.UNSAFE_ARCHIVE, "empty");
        assertFailure(Arrays.copyOf(tar, tar.length / 4), FailureType.UNSAFE_ARCHIVE, "truncated");
        assertFailure(Arrays.copyOf(gzip, gzip.length / 2), FailureType.UNSAFE_ARCHIVE, "truncated");
        assertFailure(Arrays.copyOf(gzip, gzip.length + 600), FailureType.UNSAFE_ARCHIVE, "followed by other data");
    }

    @Test
    void refusesAnythingBehindTheEnd() throws IOException {
        byte[] tar = new TarBuilder().file("a").bytes();
        byte[] longer = Arrays.copyOf(tar, tar.length + 512);
        assertThat(read(TarBuilder.gzipped(longer), ArchiveLimits.DEFAULT).entries())
                .isEqualTo(1);

        longer[tar.length - 1] = 1;
        assertFailure(TarBuilder.gzipped(longer), FailureType.UNSAFE_ARCHIVE, "Trailing data after the end");
        longer[tar.length - 1] = 0;
        longer[longer.length - 1] = 1;
        assertFailure(longer, FailureType.UNSAFE_ARCHIVE, "Trailing data after the end");
    }

    @Test
    void tellsAnInterruptFromADamagedArchive() throws IOException {
        Path file = Files.write(
                folder.resolve("archive"), new TarBuilder().file("a").bytes());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> {
                    try (SeekableByteChannel archive = Files.newByteChannel(file)) {
                        new ArchiveReader(ArchiveLimits.DEFAULT).unpack(archive, into);
                    } finally {
                        Thread.interrupted();
                    }
                })
                .isInstanceOf(UncheckedIOException.class)
                .hasCauseInstanceOf(ClosedByInterruptException.class);
    }

    private void assertUnsafe(TarBuilder archive, String message) throws IOException {
        assertFailure(archive.gzipped(), FailureType.UNSAFE_ARCHIVE, message);
    }

    private static void assertTooLarge(byte[] archive, ArchiveLimits limits) {
        assertThatThrownBy(() -> read(archive, limits))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(FailureType.ARCHIVE_TOO_LARGE));
    }

    // Whoever checks an archive says the same as whoever unpacks it.
    private void assertFailure(byte[] archive, FailureType type, String message) throws IOException {
        Path place = Files.createTempDirectory(folder, "refused");
        assertThatThrownBy(() -> new ArchiveReader(ArchiveLimits.DEFAULT)
                        .unpack(new SeekableInMemoryByteChannel(archive), place))
                .isInstanceOfSatisfying(
                        SlipwayException.class, e -> assertThat(e.type()).isEqualTo(type))
                .hasMessageFindingMatch(message)
                .satisfies(e -> assertThatThrownBy(() -> read(archive, ArchiveLimits.DEFAULT))
                        .hasMessage(e.getMessage()));
    }

    private ArchiveReader.Summary unpack(TarBuilder archive) throws IOException {
        into = Files.createTempDirectory(folder, "into");
        return new ArchiveReader(ArchiveLimits.DEFAULT)
                .unpack(new SeekableInMemoryByteChannel(archive.gzipped()), into);
    }

    private static ArchiveReader.Summary read(byte[] archive, ArchiveLimits limits) {
        return new ArchiveReader(limits).check(new SeekableInMemoryByteChannel(archive));
    }
}
