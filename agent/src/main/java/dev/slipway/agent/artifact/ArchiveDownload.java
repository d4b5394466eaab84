package dev.slipway.agent.artifact;

import dev.slipway.agent.connection.ControlPlane;
import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.retry.Backoff;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One download: goes on where a broken connection, or an agent that was killed, left it; verified while it arrives. */
final class ArchiveDownload {
    private static final int CHUNK = 256 << 10;
    private static final int TRIES = 6;
    private static final long LARGEST = 8L << 30;
    private static final Backoff BACKOFF = Backoff.ofMillis(250, 4_000);
    private static final Duration STALL = Duration.ofSeconds(20);

    private final ControlPlane controlPlane;
    private final Digest digest;
    private final Path part;
    private final Consumer<String> say;
    private final MessageDigest hash = Digest.sha256();
    private long offset;
    private boolean takenUp;
    private volatile long lastRead = System.nanoTime();

    ArchiveDownload(ControlPlane controlPlane, Digest digest, Path part, Consumer<String> say) {
        this.controlPlane = controlPlane;
        this.digest = digest;
        this.part = part;
        this.say = say;
    }

    void run() throws InterruptedException {
        takeUp();
        int failures = 0;
        while (true) {
            long before = offset;
            try {
                read();
                verify();
                return;
            } catch (IOException e) {
                // As long as something arrives, the other side is alive.
                failures = offset > before ? 1 : failures + 1;
                if (failures == TRIES) {
                    throw unavailable("the connection failed " + TRIES + " times; last error: " + e, e);
                }
                say.accept("The download was interrupted at byte " + offset + " (" + e.getMessage() + "); resuming.");
                Thread.sleep(BACKOFF.after(failures));
            }
        }
    }

    private void takeUp() {
        byte[] chunk = new byte[CHUNK];
        if (!part.toFile().exists()) {
            say.accept("Downloads " + digest.abbreviated() + ".");
            return;
        }
        try (InputStream in = new FileInputStream(part.toFile())) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                hash.update(chunk, 0, read);
                offset += read;
            }
        } catch (IOException e) {
            throw DiskFailures.of("read", part, e);
        }
        takenUp = true;
        say.accept("Resuming the download of " + digest.abbreviated() + " at byte " + offset + ".");
    }

    private void read() throws IOException, InterruptedException {
        HttpResponse<InputStream> response = controlPlane.archive(digest, offset);
        try (InputStream body = response.body()) {
            switch (response.statusCode()) {
                case 206 -> {}
                case 200 -> startOver();
                case 416 -> {
                    // The part has all bytes already, or more than there are; its digest tells which.
                    return;
                }
                case 404 ->
                    throw new SlipwayException(
                            FailureType.UNKNOWN_ARTIFACT,
                            "The artifact store has no archive " + digest + ". Create the release again.");
                case 401, 403 ->
                    throw unavailable("the API rejected this agent's token (" + response.statusCode() + ")", null);
                default -> throw new IOException("the API answered " + response.statusCode());
            }
            try (Stall _ = new Stall(body)) {
                copy(body);
            }
        }
    }

    private void startOver() {
        hash.reset();
        offset = 0;
        DurableFiles.deleteTree(part);
    }

    private void copy(InputStream body) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        try (FileOutputStream out = open()) {
            for (int read = body.read(chunk); read >= 0; read = body.read(chunk)) {
                lastRead = System.nanoTime();
                write(out, chunk, read);
                hash.update(chunk, 0, read);
                offset += read;
                if (offset > LARGEST) {
                    startOver();
                    throw new SlipwayException(
                            FailureType.ARCHIVE_TOO_LARGE, "Archive " + digest + " is larger than 8 GiB.");
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } catch (IOException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw e;
        }
    }

    private FileOutputStream open() {
        try {
            return new FileOutputStream(part.toFile(), true);
        } catch (IOException e) {
            throw DiskFailures.of("write", part, e);
        }
    }

    private void write(FileOutputStream out, byte[] chunk, int length) {
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            DurableFiles.deleteTree(part);
            throw DiskFailures.of("write", part, e);
        }
    }

    private void verify() throws IOException {
        Digest arrived = Digest.ofSha256(hash.digest());
        if (!arrived.equals(digest)) {
            startOver();
            if (takenUp) {
                takenUp = false;
                throw new IOException("the partial download of an earlier attempt was damaged");
            }
            throw new SlipwayException(
                    FailureType.DIGEST_MISMATCH,
                    "The artifact store's response for " + digest + " has the digest " + arrived
                            + ". Create the release again.");
        }
    }

    private SlipwayException unavailable(String why, @Nullable Throwable cause) {
        return new SlipwayException(
                FailureType.ARTIFACT_UNAVAILABLE,
                "Could not download archive " + digest.abbreviated() + ": " + why
                        + ". Check that the node reaches the API.",
                cause);
    }

    /** Closes a body from which nothing comes any more: a half-open connection never ends by itself. */
    private final class Stall implements AutoCloseable {
        private final Thread watch;

        Stall(InputStream body) {
            lastRead = System.nanoTime();
            watch = Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() - lastRead < STALL.toNanos()) {
                        Thread.sleep(Duration.ofSeconds(1));
                    }
                    body.close();
                } catch (InterruptedException | IOException e) {
                    // The reader has come to its end first.
                    Thread.currentThread().interrupt();
                }
            });
        }

        @Override
        public void close() {
            watch.interrupt();
        }
    }
}
