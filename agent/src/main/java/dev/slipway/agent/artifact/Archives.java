package dev.slipway.agent.artifact;

import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.Posix;
import dev.slipway.archive.ArchiveLimits;
import dev.slipway.archive.ArchiveReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Unpacks archives. */
public final class Archives {
    private static final ArchiveReader READER = new ArchiveReader(ArchiveLimits.DEFAULT);

    private Archives() {}

    /**
     * Unpacks {@code archive} into the empty folder {@code into}; what it leaves there on failure is the caller's to
     * delete. What it wrote is on the disk when it returns.
     */
    public static ArchiveReader.Summary unpack(Path archive, Path into) throws InterruptedException {
        try (SeekableByteChannel bytes = Files.newByteChannel(archive)) {
            ArchiveReader.Summary summary = READER.unpack(bytes, into);
            Posix.syncFileSystem(into);
            return summary;
        } catch (ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof ClosedByInterruptException) {
                throw interrupted(e);
            }
            throw DiskFailures.of("write", into, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw DiskFailures.of("write", into, e);
        }
    }

    private static InterruptedException interrupted(Exception cause) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException();
        interrupted.initCause(cause);
        return interrupted;
    }
}
