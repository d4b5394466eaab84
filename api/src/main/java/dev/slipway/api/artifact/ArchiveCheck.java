package dev.slipway.api.artifact;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Whether an archive is what its digest says, and safe to unpack on a target. One pass, constant memory. */
public final class ArchiveCheck {
    private final long largest;

    /** {@code largest}: the most bytes that the archive may unpack to. */
    public ArchiveCheck(long largest) {
        this.largest = largest;
    }

    /** Fails with {@code DigestMismatch}, {@code UnsafeArchive} or {@code ArchiveTooLarge}. */
    void require(Digest expected, InputStream archive) throws IOException {
        MessageDigest hash = sha256();
        CountingStream counted = new CountingStream(new DigestInputStream(archive, hash));
        SlipwayException unsafe = findUnsafe(counted);
        // Bytes that are not those that were meant say nothing about the archive: that comes first.
        counted.transferTo(OutputStream.nullOutputStream());
        Digest actual = Digest.ofSha256(hash.digest());
        if (!actual.equals(expected)) {
            throw new SlipwayException(
                    FailureType.DIGEST_MISMATCH,
                    "What arrived has the digest " + actual + ", not " + expected + "; upload it again");
        }
        if (unsafe != null) {
            throw unsafe;
        }
    }

    /** The contents that are wanted, by their paths. Fails with {@code UnsafeArchive} or {@code ArchiveTooLarge}. */
    public Map<String, byte[]> requireSafe(InputStream archive, EntrySelection wanted) throws IOException {
        return requireSafe(new CountingStream(archive), wanted);
    }

    private @Nullable SlipwayException findUnsafe(CountingStream compressed) throws IOException {
        try {
            requireSafe(compressed, (_, _, _) -> false);
            return null;
        } catch (SlipwayException e) {
            return e;
        }
    }

    private Map<String, byte[]> requireSafe(CountingStream compressed, EntrySelection wanted) throws IOException {
        try {
            StrictGzip gzip = new StrictGzip(compressed);
            TarCheck tar = new TarCheck(new BoundedUnpacking(gzip, compressed, largest), wanted);
            tar.requireSafe();
            if (gzip.goesOn()) {
                throw new SlipwayException(
                        FailureType.UNSAFE_ARCHIVE, "The archive goes on behind its end; pack it again");
            }
            return tar.contents();
        } catch (EOFException | ZipException e) {
            throw new SlipwayException(
                    FailureType.UNSAFE_ARCHIVE, "The archive is no tar.gz, or a part of one: " + e.getMessage(), e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
