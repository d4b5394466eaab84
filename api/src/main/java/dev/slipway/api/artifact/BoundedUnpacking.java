package dev.slipway.api.artifact;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacked bytes, cut off where a decompression bomb goes off. */
final class BoundedUnpacking extends FilterInputStream {
    private static final long RATIO = 100;
    // Below this any ratio is harmless: a tar of a few small files is mostly padding.
    private static final long HARMLESS = 10L << 20;

    private final CountingStream compressed;
    private final long largest;
    private long unpacked;

    BoundedUnpacking(InputStream in, CountingStream compressed, long largest) {
        super(in);
        this.compressed = compressed;
        this.largest = largest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = in.read(buffer, offset, length);
        unpacked += Math.max(read, 0);
        if (unpacked > largest) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE, "The archive unpacks to more than " + largest + " bytes");
        }
        if (unpacked > HARMLESS && unpacked > RATIO * compressed.count()) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE,
                    "The archive unpacks to more than " + RATIO + " times its size, as only a decompression bomb does");
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
