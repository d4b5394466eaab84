package dev.slipway.store.artifact;

import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;

/** A stream over chunks that are fetched one at a time, when they are needed. */
final class ChunkStream extends InputStream {
    private final LongFunction<Optional<Chunk>> chunks;
    private final long end;
    private byte[] bytes = {};
    private int next;
    private long position;

    /** {@code chunks} finds the last chunk that starts at or before a position. */
    ChunkStream(LongFunction<Optional<Chunk>> chunks, long position, long end) {
        this.chunks = chunks;
        this.position = position;
        this.end = end;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (length == 0) {
            return 0;
        }
        if (position >= end || (next == bytes.length && !fetch())) {
            return -1;
        }
        int count = (int) Math.min(Math.min(length, bytes.length - next), end - position);
        System.arraycopy(bytes, next, buffer, offset, count);
        next += count;
        position += count;
        return count;
    }

    private boolean fetch() {
        Optional<Chunk> chunk = chunks.apply(position).filter(found -> position < found.start() + found.bytes().length);
        chunk.ifPresent(found -> {
            bytes = found.bytes();
            next = (int) (position - found.start());
        });
        return chunk.isPresent();
    }

    @SuppressWarnings("ArrayRecordComponent") // It is never compared.
    record Chunk(long start, byte[] bytes) {}
}
