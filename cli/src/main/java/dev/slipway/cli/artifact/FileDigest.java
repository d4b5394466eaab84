package dev.slipway.cli.artifact;

import dev.slipway.core.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** The digest of a file of any size. */
final class FileDigest {
    private static final int BUFFER = 1 << 16;

    private FileDigest() {}

    static Digest of(Path file) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sha256.update(buffer, 0, read);
            }
        }
        return Digest.ofSha256(sha256.digest());
    }
}
