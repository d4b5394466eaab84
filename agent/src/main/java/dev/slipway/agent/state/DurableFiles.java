package dev.slipway.agent.state;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Files that are whole and on the disk once a method returns, whatever dies meanwhile. */
public final class DurableFiles {
    private DurableFiles() {}

    /** Replaces {@code file} by one with this text. */
    public static void write(Path file, String text) {
        try {
            // Readable by its owner only, and in the same folder, so that the rename is atomic.
            Path temporary = Files.createTempFile(folderOf(file), "." + file.getFileName(), ".tmp");
            try {
                // Not a channel: an interrupt would close it half-way.
                try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                    out.write(text.getBytes(StandardCharsets.UTF_8));
                    out.getFD().sync();
                }
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(temporary);
            }
            syncFolder(folderOf(file));
        } catch (IOException e) {
            throw DiskFailures.of("write", file, e);
        }
    }

    /** Adds {@code line} to {@code file}. A line that a crash cut short is ended first. */
    public static void appendLine(Path file, String line) {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            long end = out.length();
            boolean torn = false;
            if (end > 0) {
                out.seek(end - 1);
                torn = out.read() != '\n';
            }
            out.seek(end);
            out.write(((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8));
            out.getFD().sync();
        } catch (IOException e) {
            throw DiskFailures.of("append to", file, e);
        }
    }

    /** Gives {@code written} the name of what is finished, {@code file}, in the same folder: content first, then name. */
    public static void finish(Path written, Path file) {
        try {
            // Not a channel: an interrupt would close it half-way.
            try (FileOutputStream out = new FileOutputStream(written.toFile(), true)) {
                out.getFD().sync();
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(folderOf(file));
        } catch (IOException e) {
            throw DiskFailures.of("write", file, e);
        }
    }

    /** Makes renames and new entries of {@code folder} survive a loss of power. */
    public static void syncFolder(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Makes {@code folder}, for its owner only. */
    public static Path makePrivateFolder(Path folder) {
        try {
            return Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw DiskFailures.of("create", folder, e);
        }
    }

    /** Deletes {@code path} and everything in it; links are deleted, not followed. */
    public static void deleteTree(Path path) {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                        throws IOException {
                    // An archive may hold folders that their owner cannot write.
                    if (!Files.isWritable(folder)) {
                        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException thrown)
                        throws IOException {
                    if (thrown != null) {
                        throw thrown;
                    }
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw DiskFailures.of("delete", path, e);
        }
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new UncheckedIOException(new IOException(file + " has no parent directory"));
        }
        return folder;
    }
}
