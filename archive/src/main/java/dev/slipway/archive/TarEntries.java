package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** The entries of a tar. */
final class TarEntries {
    private TarEntries() {}

    static void read(InputStream in, Extraction extraction) throws IOException {
        UnpackedStream bytes = new UnpackedStream(in, extraction);
        // Blocks of one record: else it would skip the rest of the last block, whatever that holds.
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                bytes, TarConstants.DEFAULT_RCDSIZE, TarConstants.DEFAULT_RCDSIZE, StandardCharsets.UTF_8.name())) {
            for (TarArchiveEntry entry = next(tar, bytes); entry != null; entry = next(tar, bytes)) {
                accept(entry, tar, extraction);
            }
            bytes.requireEnd();
        }
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, UnpackedStream bytes) throws IOException {
        bytes.expectHeader();
        TarArchiveEntry entry = tar.getNextEntry();
        bytes.expectContent();
        if (entry != null && !entry.isCheckSumOK()) {
            throw new IOException("the checksum of a header is wrong");
        }
        if (entry != null) {
            requireDecoded(entry, entry.getName(), bytes);
            requireDecoded(entry, entry.getLinkName(), bytes);
        }
        return entry;
    }

    private static void requireDecoded(TarArchiveEntry entry, String path, UnpackedStream bytes) {
        for (String segment : path.split("/", -1)) {
            if (segment.indexOf('?') >= 0 && !bytes.spells(segment)) {
                throw Refusal.notUtf8(entry.getName());
            }
        }
    }

    private static void accept(TarArchiveEntry entry, InputStream content, Extraction extraction) throws IOException {
        String name = entry.getName();
        switch (entry.getLinkFlag()) {
            case TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_GNUTYPE_SPARSE -> {
                // From times when there was no type for folders.
                if (name.endsWith("/")) {
                    requireNoContent(entry);
                    extraction.folder(name, entry.getMode());
                } else {
                    requireMap(entry);
                    extraction.file(name, entry.getMode(), content, entry.isSparse());
                }
            }
            case TarConstants.LF_DIR -> {
                requireNoContent(entry);
                extraction.folder(name, entry.getMode());
            }
            case TarConstants.LF_SYMLINK -> {
                requireNoContent(entry);
                extraction.symbolicLink(name, entry.getLinkName());
            }
            case TarConstants.LF_LINK -> {
                requireNoContent(entry);
                extraction.hardLink(name, entry.getLinkName(), entry.getMode());
            }
            case TarConstants.LF_CHR, TarConstants.LF_BLK -> throw Refusal.unsafe(name, "is a device");
            case TarConstants.LF_FIFO -> throw Refusal.unsafe(name, "is a named pipe");
            default ->
                throw Refusal.unsafe(name, "has the type '" + (char) entry.getLinkFlag() + "', which is not supported");
        }
    }

    // Without a map it would be read as empty.
    private static void requireMap(TarArchiveEntry entry) {
        if (entry.isSparse()
                && (entry.getSparseHeaders() == null || entry.getSparseHeaders().isEmpty())) {
            throw Refusal.unsafe(entry.getName(), "is a sparse file without a data map");
        }
    }

    // Readers differ in whether they skip it, and so in where the next entry begins.
    private static void requireNoContent(TarArchiveEntry entry) {
        if (entry.getSize() != 0) {
            throw Refusal.unsafe(entry.getName(), "is a folder or a link with content");
        }
    }
}
