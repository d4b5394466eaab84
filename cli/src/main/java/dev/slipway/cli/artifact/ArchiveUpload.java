package dev.slipway.cli.artifact;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.connection.Connection;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.retry.Backoff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Brings an archive to the artifact store, piece by piece. What the store has of it is not sent again, whoever sent it,
 * and however often the connection is lost on the way.
 */
public final class ArchiveUpload {
    static final int PIECE = 8 << 20;
    // Pieces in a row without a byte of progress: with their pauses, most of a minute.
    private static final int MOST_WITHOUT_PROGRESS = 8;
    private static final Backoff BACKOFF = Backoff.ofMillis(200, 25_600);

    private final ArtifactStore store;
    private final UploadProgress progress;

    public ArchiveUpload(Connection connection, UploadProgress progress) {
        this.store = new ArtifactStore(connection);
        this.progress = progress;
    }

    /** Uploads the file unless the store has it, and returns its digest. */
    public Digest upload(Path file) {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw CommandException.failed(file + " is empty", "pack it: tar -czf " + file + " -C FOLDER .");
            }
            Digest digest = FileDigest.of(file);
            if (send(file, digest, size) == Sent.CORRUPT) {
                // The store has dropped it. What it had before may have been broken; this time all of it is ours.
                progress.startsOver();
                if (send(file, digest, size) == Sent.CORRUPT) {
                    throw CommandException.failed(
                            file + " arrived with a digest other than " + digest + ", twice",
                            "did the file change while it was uploaded?");
                }
            }
            return digest;
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + file + ": " + e.getMessage(), null);
        }
    }

    private enum Sent {
        WHOLE,
        CORRUPT
    }

    private Sent send(Path file, Digest digest, long size) throws IOException {
        long offset = store.offset(digest);
        progress.begins(offset, size);
        long furthest = offset;
        int withoutProgress = 0;
        while (offset < size) {
            try {
                ArtifactStore.Received received = store.append(digest, offset, size, read(file, offset));
                if (received.isDigestMismatch()) {
                    return Sent.CORRUPT;
                }
                offset = received.offset();
            } catch (ArtifactStore.ConnectionLost e) {
                requirePatience(withoutProgress, e.told());
                pause(BACKOFF.after(withoutProgress + 1));
                offset = store.offset(digest);
            }
            withoutProgress = offset <= furthest ? withoutProgress + 1 : 0;
            furthest = Math.max(furthest, offset);
            requirePatience(
                    withoutProgress,
                    CommandException.failed("the server accepts no more of " + digest, "see the server's log"));
            progress.at(offset, size);
        }
        progress.ends();
        return Sent.WHOLE;
    }

    private static void requirePatience(int withoutProgress, CommandException otherwise) {
        if (withoutProgress >= MOST_WITHOUT_PROGRESS) {
            throw otherwise;
        }
    }

    private static byte[] read(Path file, long offset) throws IOException {
        byte[] piece;
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(offset);
            piece = in.readNBytes(PIECE);
        }
        if (piece.length == 0) {
            throw new IOException("the file became shorter during the upload");
        }
        return piece;
    }

    private static void pause(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("upload interrupted", "run it again: the upload resumes");
        }
    }
}
