package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipMethod;

/** The entries of a zip. */
final class ZipEntries {
    private static final int TYPE = 0170000;
    private static final int FILE = 0100000;
    private static final int FOLDER = 0040000;
    private static final int SYMBOLIC_LINK = 0120000;
    // Of archives that say nothing of permissions, as those made on Windows.
    private static final int FILE_MODE = 0644;
    private static final int FOLDER_MODE = 0755;

    private ZipEntries() {}

    static void read(SeekableByteChannel archive, Extraction extraction) throws IOException {
        ZipDirectory.require(archive, extraction.mostEntries());
        try (ZipFile zip = ZipFile.builder().setSeekableByteChannel(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                accept(zip, entry, extraction);
            }
        }
    }

    private static void accept(ZipFile zip, ZipArchiveEntry entry, Extraction extraction) throws IOException {
        String name = entry.getName();
        int mode = entry.getUnixMode();
        int type = mode & TYPE;
        requireReadable(entry);
        requireDecoded(entry);
        if (entry.isDirectory()) {
            extraction.folder(name, mode == 0 ? FOLDER_MODE : mode);
        } else if (type == SYMBOLIC_LINK) {
            try (InputStream content = content(zip, entry)) {
                // One byte more than a path may have: the rest need not be read to refuse it.
                byte[] target = content.readNBytes(EntryTree.LONGEST_TARGET + 1);
                extraction.symbolicLink(name, new String(target, StandardCharsets.UTF_8));
            }
        } else if (type == FILE || type == 0) {
            try (InputStream content = content(zip, entry)) {
                extraction.file(name, mode == 0 ? FILE_MODE : mode, content, false);
            }
        } else {
            throw Refusal.unsafe(
                    name, type == FOLDER ? "is a folder by its mode, and a file by its name" : "is a special file");
        }
    }

    private static void requireReadable(ZipArchiveEntry entry) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw Refusal.unsafe(entry.getName(), "is encrypted", "Repackage the archive without a password.");
        }
        int method = entry.getMethod();
        if (method != ZipMethod.STORED.getCode() && method != ZipMethod.DEFLATED.getCode()) {
            throw Refusal.unsafe(
                    entry.getName(),
                    "has the compression method " + method + ", which is not supported",
                    "Repackage the archive with deflate.");
        }
    }

    private static void requireDecoded(ZipArchiveEntry entry) {
        boolean raw = entry.getNameSource() != ZipArchiveEntry.NameSource.UNICODE_EXTRA_FIELD;
        if (raw && new String(entry.getRawName(), StandardCharsets.UTF_8).indexOf(EntryTree.UNDECODABLE) >= 0) {
            throw Refusal.notUtf8(entry.getName());
        }
    }

    private static InputStream content(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        return new Verified(zip.getInputStream(entry), entry);
    }

    /** Fails at its end where the content is not what the directory says: {@link ZipFile} does not look. */
    private static final class Verified extends CheckedInputStream {
        private final ZipArchiveEntry entry;
        private long length;

        Verified(InputStream in, ZipArchiveEntry entry) {
            super(in, new CRC32());
            this.entry = entry;
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            int read = super.read(buffer, offset, count);
            length += Math.max(read, 0);
            if (read < 0 && (length != entry.getSize() || getChecksum().getValue() != entry.getCrc())) {
                throw new IOException(
                        "entry \"" + entry.getName() + "\" has a size or checksum that does not match its header");
            }
            return read;
        }
    }
}
