package dev.slipway.api.artifact;

import dev.slipway.core.artifact.Digest;
import dev.slipway.store.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** An upload at its end: what is stored of it, and its last chunk, which is not yet. It holds one chunk in memory. */
final class UploadChannel implements SeekableByteChannel {
    private final ArtifactStore artifacts;
    private final Digest digest;
    private final long stored;
    private final byte[] last;
    private byte[] window = new byte[0];
    private long windowStart;
    private long position;

    UploadChannel(ArtifactStore artifacts, Digest digest, long stored, byte[] last) {
        this.artifacts = artifacts;
        this.digest = digest;
        this.stored = stored;
        this.last = last;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (position >= size()) {
            return -1;
        }
        moveWindow();
        int offset = Math.toIntExact(position - windowStart);
        if (offset >= window.length) {
            // Somebody else has had the upload dropped meanwhile.
            return -1;
        }
        int count = Math.min(into.remaining(), window.length - offset);
        into.put(window, offset, count);
        position += count;
        return count;
    }

    private void moveWindow() throws IOException {
        if (position >= windowStart && position < windowStart + window.length) {
            return;
        }
        if (position >= stored) {
            window = last;
            windowStart = stored;
            return;
        }
        windowStart = position / ArtifactStore.CHUNK * ArtifactStore.CHUNK;
        long end = Math.min(windowStart + ArtifactStore.CHUNK, stored);
        try (InputStream bytes = artifacts.open(digest, windowStart, end)) {
            window = bytes.readNBytes((int) (end - windowStart));
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public UploadChannel position(long newPosition) {
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return stored + last.length;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public UploadChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // The store is open as long as the process is.
    }
}
