package dev.slipway.archive;

import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import org.apache.commons.compress.MemoryLimitException;

/**
 * Reads an archive that may be hostile: a tar, plain or compressed by gzip, zstd or xz, or a zip, told apart by their
 * bytes. Whoever checks an archive and whoever unpacks it read it by the same rules.
 *
 * <p>Fails with {@code UnsafeArchive} or {@code ArchiveTooLarge}; with an {@link UncheckedIOException} where the sink
 * cannot be written to, or the thread is interrupted ({@link ClosedByInterruptException}).
 */
public final class ArchiveReader {
    private final ArchiveLimits limits;

    public ArchiveReader(ArchiveLimits limits) {
        this.limits = limits;
    }

    /** How much an archive holds: its files, links and folders, and the bytes of the files. */
    public record Summary(int entries, long bytes) {}

    /** Reads all of the archive, and writes nothing. */
    public Summary check(SeekableByteChannel archive) {
        return read(archive, ArchiveSink.NOTHING);
    }

    /**
     * Unpacks into the empty folder {@code into}, which nobody else writes to meanwhile. What a failure leaves there is
     * the caller's to delete.
     */
    public Summary unpack(SeekableByteChannel archive, Path into) {
        return read(archive, new FolderSink(into));
    }

    /** Gives everything in the archive to {@code sink}. */
    public Summary read(SeekableByteChannel archive, ArchiveSink sink) {
        try {
            Extraction extraction = new Extraction(limits, archive.size(), sink);
            ArchiveFormat.of(archive).read(archive, extraction);
            return extraction.finish();
        } catch (ClosedByInterruptException e) {
            throw new UncheckedIOException(e);
        } catch (MemoryLimitException e) {
            throw Refusal.tooLarge(
                    "takes " + (e.getMemoryNeededInKb() >> 10) + " MiB of memory to decompress, more than the "
                            + (e.getMemoryLimitInKb() >> 10) + " MiB that are allowed",
                    "Compress it with a smaller dictionary, as with xz -6.");
        } catch (IOException | IllegalArgumentException e) {
            if (e.getCause() instanceof ClosedByInterruptException interrupted) {
                throw new UncheckedIOException(interrupted);
            }
            throw malformed(e);
        }
    }

    private static SlipwayException malformed(Exception e) {
        return Refusal.malformed(
                "The archive is malformed, truncated or followed by other data ("
                        + Names.shown(String.valueOf(e.getMessage())) + ")",
                e);
    }
}
