package dev.slipway.core.artifact;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of an archive are. */
public interface ArtifactSource {
    /** Opens an archive. Fails with {@code ArtifactUnavailable} where it is not there. The stream is to be closed. */
    InputStream open(Digest digest) throws IOException;
}
