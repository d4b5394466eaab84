package dev.slipway.activities.chart;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Unpacked bytes, cut off where a decompression bomb goes off. */
final class BoundedStream extends FilterInputStream {
    private static final int CHUNK = 8 << 10;

    private final long most;
    private long count;

    BoundedStream(InputStream in, long most) {
        super(in);
        this.most = most;
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
        if (count > most) {
            throw ChartArchive.tooLarge("more than " + most + " bytes when it is unpacked");
        }
        return read;
    }

    // A stream may skip without unpacking, and so without counting.
    @Override
    public long skip(long wanted) throws IOException {
        byte[] chunk = new byte[Math.clamp(wanted, 1, CHUNK)];
        return wanted <= 0 ? 0 : Math.max(read(chunk), 0);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
