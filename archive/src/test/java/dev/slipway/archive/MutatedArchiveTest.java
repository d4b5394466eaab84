package dev.slipway.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives that are damaged at random: each is unpacked or refused, and nothing is ever written or linked elsewhere. */
class MutatedArchiveTest {
    private static final long SEED = Long.getLong("slipway.fuzz.seed", 20261130);
    private static final int RUNS = Integer.getInteger("slipway.fuzz.runs", 2_000);
    private static final ArchiveLimits LIMITS = new ArchiveLimits(1_000, 20, 1_000, 1 << 20, 4 << 20, 100, 1 << 20);
    private static final String[] NAMES = {"../x", "/x", "a", "b", "a/b", "..", ".", "b/../..", "a/", "\u0000", "b/l"};

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);

    @Test
    void areUnpackedInsideOrRefused() throws IOException {
        byte[] tar = tar();
        byte[] zip = zip();
        int unpacked = 0;
        for (int run = 0; run < RUNS; run++) {
            byte[] archive = switch (run % 5) {
                case 0 -> zip;
                case 1 -> TarBuilder.gzipped(mutated(tar, true));
                case 2 -> TarBuilder.gzipped(tar);
                case 3 -> xz(run % 2 == 0 ? tar : mutated(tar, true));
                default -> tar;
            };
            unpacked += unpacks(mutated(archive, run % 5 == 4), run) ? 1 : 0;
        }
        assertThat(unpacked).as("mutations that do no harm").isBetween(RUNS / 100, RUNS - RUNS / 100);
    }

    private boolean unpacks(byte[] archive, int run) throws IOException {
        Path into = Files.createDirectory(folder.resolve("into"));
        try {
            new ArchiveReader(LIMITS).unpack(new SeekableInMemoryByteChannel(archive), into);
            return true;
        } catch (SlipwayException e) {
            assertThat(e.type()).isIn(FailureType.UNSAFE_ARCHIVE, FailureType.ARCHIVE_TOO_LARGE);
            assertThat(e.getMessage()).doesNotContainPattern("\\p{Cntrl}");
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("run " + run + " of seed " + SEED, e);
        } finally {
            requireInside(into);
            delete(into);
        }
    }

    private void requireInside(Path into) throws IOException {
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(into);
        }
        Path real = into.toRealPath();
        try (Stream<Path> paths = Files.walk(into)) {
            for (Path link :
                    paths.filter(Files::isSymbolicLink).filter(Files::exists).toList()) {
                assertThat(link.toRealPath()).startsWithRaw(real);
            }
        }
    }

    /** Some bytes, or a name, are others; {@code tar} gets valid checksums again, so that more of it is read. */
    private byte[] mutated(byte[] archive, boolean tar) {
        byte[] mutated = archive.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(mutated.length);
            int header = at / 512 * 512;
            switch (random.nextInt(6)) {
                case 0 -> mutated = Arrays.copyOf(mutated, Math.max(1, mutated.length - random.nextInt(600)));
                case 1 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> put(mutated, header, NAMES[random.nextInt(NAMES.length)]);
                case 3 -> put(mutated, header + 157, NAMES[random.nextInt(NAMES.length)]);
                case 4 -> put(mutated, header + 156, Integer.toString(random.nextInt(8)));
                default -> {
                    int from = random.nextInt(mutated.length);
                    int length = Math.min(random.nextInt(1_024), mutated.length - Math.max(from, at));
                    System.arraycopy(mutated, from, mutated, at, length);
                }
            }
        }
        if (tar) {
            for (int at = 0; at + 512 <= mutated.length; at += 512) {
                sum(mutated, at);
            }
        }
        return mutated;
    }

    private static void put(byte[] archive, int at, String text) {
        byte[] bytes = (text + "\0").getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length && at + i < archive.length; i++) {
            archive[at + i] = bytes[i];
        }
    }

    private static void sum(byte[] tar, int header) {
        if (tar[header + 257] != 'u') {
            return;
        }
        Arrays.fill(tar, header + 148, header + 156, (byte) ' ');
        int sum = 0;
        for (int i = header; i < header + 512; i++) {
            sum += Byte.toUnsignedInt(tar[i]);
        }
        put(tar, header + 148, String.format("%06o", sum));
    }

    private static byte[] tar() {
        return new TarBuilder()
                .folder("a", 0755)
                .file("a/b", "x".repeat(700), 0755)
                .symbolicLink("b", "a")
                .symbolicLink("a/l", "../a/b")
                .hardLink("c", "a/b")
                .symbolicLink("d/e/f", "../../b/l")
                .file("a/" + "long".repeat(40), "y", 0644)
                .file("gr\u00f6\u00dfe", "z", 0600)
                .bytes();
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            add(zip, "a/", UnixStat.DIR_FLAG | 0755, "");
            add(zip, "a/b", UnixStat.FILE_FLAG | 0755, "x".repeat(700));
            add(zip, "b", UnixStat.LINK_FLAG | 0777, "a/b");
            add(zip, "a/l", UnixStat.LINK_FLAG | 0777, "../b");
        }
        return bytes.toByteArray();
    }

    private static void add(ZipArchiveOutputStream zip, String name, int mode, String content) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(name);
        entry.setUnixMode(mode);
        zip.putArchiveEntry(entry);
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeArchiveEntry();
    }

    private static byte[] xz(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream xz = new XZOutputStream(packed, new LZMA2Options(0))) {
            xz.write(content);
        }
        return packed.toByteArray();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException thrown) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
