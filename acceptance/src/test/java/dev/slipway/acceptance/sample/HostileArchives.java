package dev.slipway.acceptance.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/** Archives that do harm to whoever unpacks them without a look. */
public final class HostileArchives {
    private interface Writing {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }

    private HostileArchives() {}

    /** One whose only file has this path. */
    public static Archive path(String path) {
        return of(tar -> file(tar, new TarArchiveEntry(path, true)));
    }

    /** One with an entry of this type, as the tar format numbers them, that leads to {@code /etc/passwd}. */
    public static Archive type(byte type) {
        return of(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("entry", type);
            if (type == TarConstants.LF_SYMLINK || type == TarConstants.LF_LINK) {
                entry.setLinkName("/etc/passwd");
            }
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        });
    }

    /** One with a file and symbolic links, each {@code name -> target}. */
    public static Archive links(String... links) {
        return of(tar -> {
            file(tar, new TarArchiveEntry("folder/file", true));
            for (String link : links) {
                String[] parts = link.split(" -> ", 2);
                TarArchiveEntry entry = new TarArchiveEntry(parts[0], TarConstants.LF_SYMLINK);
                entry.setLinkName(parts[1]);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        });
    }

    /** One with a program that would run with the rights of its owner. */
    public static Archive setuid() {
        return of(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("program");
            entry.setMode(04755);
            file(tar, entry);
        });
    }

    /** One that unpacks to a thousand times its size. */
    public static Archive bomb() {
        return of(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("zeros");
            entry.setSize(200 << 20);
            tar.putArchiveEntry(entry);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 200; i++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        });
    }

    /** One with so many files that their names alone fill a disk's table of files. */
    public static Archive entries(int count) {
        Random random = new Random(1);
        return of(tar -> {
            for (int i = 0; i < count; i++) {
                file(tar, new TarArchiveEntry(Long.toHexString(random.nextLong()) + i));
            }
        });
    }

    private static void file(TarArchiveOutputStream tar, TarArchiveEntry entry) throws IOException {
        entry.setSize(1);
        tar.putArchiveEntry(entry);
        tar.write('x');
        tar.closeArchiveEntry();
    }

    private static Archive of(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            writing.writeTo(tar);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Archive(bytes.toByteArray(), Map.of());
    }
}
