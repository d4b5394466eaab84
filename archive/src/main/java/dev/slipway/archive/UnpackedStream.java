package dev.slipway.archive;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The bytes of a tar, every one of them counted, also those that are skipped. */
final class UnpackedStream extends FilterInputStream {
    // The tar reader holds a header in memory, and calls itself for each one that belongs to the next.
    private static final long LARGEST_HEADER = 1 << 20;
    private static final int RECORD = 512;

    private final Extraction extraction;
    private final ByteArrayOutputStream header = new ByteArrayOutputStream();
    private long count;
    private long marked;
    private long headerEnd = Long.MAX_VALUE;

    UnpackedStream(InputStream in, Extraction extraction) {
        super(in);
        this.extraction = extraction;
    }

    void expectHeader() {
        header.reset();
        headerEnd = count + LARGEST_HEADER;
    }

    void expectContent() {
        headerEnd = Long.MAX_VALUE;
    }

    /** Whether the last header has these characters, in UTF-8: the tar reader reads question marks for other bytes. */
    boolean spells(String text) {
        return header.toString(StandardCharsets.ISO_8859_1)
                .contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    /** Reads what is behind the last entry, which has to be padding. */
    void requireEnd() throws IOException {
        expectContent();
        byte[] chunk = new byte[64 << 10];
        for (int read = read(chunk); read >= 0; read = read(chunk)) {
            for (int i = 0; i < read; i++) {
                if (chunk[i] != 0) {
                    throw Refusal.malformed("Trailing data after the end of the archive");
                }
            }
        }
        if (count % RECORD != 0) {
            throw Refusal.malformed("The archive is truncated: it ends within a header");
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        count += Math.max(read, 0);
        extraction.requireUnpacked(count);
        if (count > headerEnd) {
            throw Refusal.malformed("The archive has a header of more than 1 MiB");
        }
        if (headerEnd != Long.MAX_VALUE && read > 0) {
            header.write(buffer, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        byte[] chunk = new byte[Math.clamp(wanted, 1, 64 << 10)];
        return wanted <= 0 ? 0 : Math.max(read(chunk, 0, chunk.length), 0);
    }

    @Override
    public void mark(int limit) {
        in.mark(limit);
        marked = count;
    }

    @Override
    public void reset() throws IOException {
        in.reset();
        count = marked;
    }
}
