package dev.slipway.api.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Can tell, once it was read to its end, whether bytes follow: some readers would take them for more of the archive. */
final class StrictGzip extends GZIPInputStream {
    private static final int TRAILER = 8;
    private static final int BUFFER = 64 << 10;

    StrictGzip(InputStream in) throws IOException {
        super(in, BUFFER);
    }

    boolean goesOn() throws IOException {
        return inf.getRemaining() > TRAILER || in.read() >= 0;
    }
}
