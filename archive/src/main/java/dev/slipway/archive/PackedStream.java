package dev.slipway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.function.LongSupplier;

/**
 * The bytes of a compressed archive. It fails where many of them unpack to nothing: decompressors keep names and
 * comments of any length in memory.
 */
final class PackedStream extends InputStream {
    private static final long MOST_WITHOUT_OUTPUT = 16L << 20;

    private final SeekableByteChannel archive;
    private final LongSupplier unpacked;
    private long lastUnpacked;
    private long withoutOutput;

    PackedStream(SeekableByteChannel archive, LongSupplier unpacked) {
        this.archive = archive;
        this.unpacked = unpacked;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = archive.read(ByteBuffer.wrap(buffer, offset, length));
        if (unpacked.getAsLong() != lastUnpacked) {
            lastUnpacked = unpacked.getAsLong();
            withoutOutput = 0;
        }
        withoutOutput += Math.max(read, 0);
        if (withoutOutput > MOST_WITHOUT_OUTPUT) {
            throw new IOException("more than 16 MiB decompress to nothing");
        }
        return read;
    }
}
