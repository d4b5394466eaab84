package dev.slipway.api.artifact;

import dev.slipway.archive.ArchiveLimits;
import dev.slipway.archive.ArchiveReader;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Whether an archive is what its digest says, and safe to unpack on a target. */
final class ArchiveCheck {
    private static final int CHUNK = 64 << 10;

    private final ArchiveReader reader;

    /** {@code largest}: the most bytes that the archive may unpack to. */
    ArchiveCheck(long largest) {
        this.reader = new ArchiveReader(ArchiveLimits.of(largest));
    }

    /** Fails with {@code DigestMismatch}, {@code UnsafeArchive} or {@code ArchiveTooLarge}. */
    void require(Digest expected, SeekableByteChannel archive) throws IOException {
        // Bytes that are not those that were meant say nothing about the archive: that comes first.
        Digest actual = digest(archive);
        if (!actual.equals(expected)) {
            throw new SlipwayException(
                    FailureType.DIGEST_MISMATCH,
                    "The uploaded bytes have the digest " + actual + ", not " + expected
                            + ". Upload the archive again.");
        }
        reader.check(archive);
    }

    private static Digest digest(SeekableByteChannel archive) throws IOException {
        MessageDigest hash = sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        archive.position(0);
        while (archive.read(chunk) >= 0) {
            hash.update(chunk.flip());
            chunk.clear();
        }
        return Digest.ofSha256(hash.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
