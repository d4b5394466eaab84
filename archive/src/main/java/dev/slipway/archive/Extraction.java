package dev.slipway.archive;

import dev.slipway.core.input.Names;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** The archive as it is read: each entry is checked against all before it, then given to the sink. */
final class Extraction {
    // Small enough that the tar reader, which calls itself for each hole of a sparse file in a chunk, stays on the
    // stack.
    private static final int CHUNK = 16 << 10;
    private static final int SPARSE_CHUNK = 512;
    private static final int SET_ID = 06000;
    private static final int PERMISSIONS = 0777;

    private final ArchiveLimits limits;
    private final long most;
    private final long size;
    private final ArchiveSink sink;
    private final EntryTree tree;
    private final byte[] chunk = new byte[CHUNK];
    private int entries;
    private long bytes;
    private long unpacked;

    Extraction(ArchiveLimits limits, long size, ArchiveSink sink) {
        this.limits = limits;
        this.size = size;
        this.most = limits.most(size);
        this.sink = sink;
        this.tree = new EntryTree(limits, sink);
    }

    private interface Writing<T> {
        T run() throws IOException;
    }

    int mostEntries() {
        return limits.entries();
    }

    /** How much was decompressed by now. */
    long bytes() {
        return unpacked;
    }

    void folder(String name, int mode) {
        see(name);
        written(() -> tree.add(name, EntryTree.Kind.FOLDER, "", mode & PERMISSIONS));
    }

    void symbolicLink(String name, String target) {
        see(name);
        written(() -> tree.add(name, EntryTree.Kind.SYMBOLIC_LINK, target, 0));
    }

    void hardLink(String name, String target, int mode) {
        see(name);
        requirePlain(name, mode);
        written(() -> tree.add(name, EntryTree.Kind.HARD_LINK, target, 0));
    }

    void file(String name, int mode, InputStream content, boolean sparse) throws IOException {
        see(name);
        requirePlain(name, mode);
        String path = written(() -> tree.add(name, EntryTree.Kind.FILE, "", mode & PERMISSIONS));
        OutputStream out = written(() -> sink.file(path, mode & PERMISSIONS));
        try {
            copy(name, content, out, sparse ? SPARSE_CHUNK : CHUNK);
        } finally {
            written(() -> {
                out.close();
                return path;
            });
        }
    }

    private void copy(String name, InputStream content, OutputStream out, int most) throws IOException {
        long length = 0;
        for (int read = content.read(chunk, 0, most); read >= 0; read = content.read(chunk, 0, most)) {
            int count = read;
            length += count;
            if (length > limits.fileBytes()) {
                throw Refusal.tooLarge(
                        "has a file of more than " + limits.fileBytes() + " bytes, \"" + Names.shown(name) + "\"",
                        "Leave it out.");
            }
            bytes += count;
            requireUnpacked(bytes);
            written(() -> {
                out.write(chunk, 0, count);
                return count;
            });
        }
    }

    /** Checks where the links lead, then makes them. */
    ArchiveReader.Summary finish() {
        if (entries == 0) {
            throw Refusal.malformed("The archive is empty");
        }
        written(() -> {
            tree.finish();
            return tree;
        });
        return new ArchiveReader.Summary(entries, bytes);
    }

    /** Fails where {@code count} bytes are more than an archive of this size may unpack to. */
    void requireUnpacked(long count) {
        unpacked = Math.max(unpacked, count);
        if (count > most) {
            throw Refusal.tooLarge(
                    most < limits.bytes()
                            ? "unpacks to more than " + limits.ratio() + " times its size of " + size
                                    + " bytes, as a decompression bomb does"
                            : "unpacks to more than " + limits.bytes() + " bytes",
                    "Leave out what is not needed.");
        }
    }

    private void see(String name) {
        entries++;
        sink.entry(name);
    }

    private static void requirePlain(String name, int mode) {
        if ((mode & SET_ID) != 0) {
            throw Refusal.unsafe(name, "has a setuid or setgid bit");
        }
    }

    // A disk that cannot be written says nothing about the archive.
    private static <T> T written(Writing<T> writing) {
        try {
            return writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
