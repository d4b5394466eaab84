package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The folder of a standalone stack: its data, secrets and logs. Nobody but its owner can look into it. */
record DataDirectory(Path path) {
    private static final int SECRET_BYTES = 32;
    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    static DataDirectory open(Path path) {
        try {
            Path absolute = path.toAbsolutePath();
            requireOwn(absolute);
            for (Path folder : new Path[] {absolute, absolute.resolve("logs"), absolute.resolve("run")}) {
                Files.createDirectories(folder);
                Files.setPosixFilePermissions(folder, PRIVATE);
            }
            return new DataDirectory(absolute.toRealPath());
        } catch (IOException | UnsupportedOperationException e) {
            throw new StackException(
                    "The data folder " + path + " cannot be created: " + e + ". Choose another with --data.", e);
        }
    }

    /**
     * A folder that others may look into was not made here. It may have come with a project whose slipway.yaml names it, and
     * hold records of services that an agent would start.
     */
    private static void requireOwn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> content = Files.list(folder)) {
            if (content.findAny().isPresent()
                    && !Files.getPosixFilePermissions(folder).equals(PRIVATE)) {
                throw new StackException("The data folder " + folder
                        + " was not created by Slipway: other users can read it. Choose another with --data, or, if everything in it is yours: chmod 700 "
                        + folder);
            }
        }
    }

    Path stackFile() {
        return path.resolve("stack.json");
    }

    Path token() {
        return path.resolve("token");
    }

    Path agentToken() {
        return path.resolve("agent-token");
    }

    Path payloadKey() {
        return path.resolve("payload-key");
    }

    Path secretKey() {
        return path.resolve("secret-key");
    }

    Path databasePassword() {
        return path.resolve("database-password");
    }

    Path postgres() {
        return path.resolve("postgres");
    }

    Path clones() {
        return path.resolve("clones");
    }

    Path temporalDatabase() {
        return path.resolve("temporal.db");
    }

    Path log(String process) {
        return path.resolve("logs", process + ".log");
    }

    PidFile pidFile(Part part) {
        return new PidFile(path.resolve("run", part.id() + ".pid"));
    }

    /** Holds the folder for this process; empty when another supervisor holds it. The kernel frees it on any death. */
    Optional<FileLock> lock() throws IOException {
        FileChannel channel = FileChannel.open(
                path.resolve("run", "supervisor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
        }
        return Optional.ofNullable(lock);
    }

    /** Makes those secrets that are not there yet. */
    void makeSecrets() throws IOException {
        makeSecret(token(), Base64.getUrlEncoder().withoutPadding());
        makeSecret(agentToken(), Base64.getUrlEncoder().withoutPadding());
        makeSecret(payloadKey(), Base64.getEncoder());
        makeSecret(secretKey(), Base64.getEncoder());
        makeSecret(databasePassword(), Base64.getUrlEncoder().withoutPadding());
    }

    private void makeSecret(Path file, Base64.Encoder encoder) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        // Under another name first: whoever is killed here must not leave half a secret behind.
        Path draft = Files.createTempFile(
                path,
                "secret",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, encoder.encodeToString(secret) + "\n");
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
