package dev.slipway.agent.process;

import dev.slipway.agent.state.DurableFiles;
import dev.slipway.agent.state.Posix;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that a process appends to at any moment, agent or no agent. Rotation moves its beginning to a second file and
 * loses no byte: the kernel removes what was copied, while appending goes on at the end. Offsets count on over rotations,
 * and those of the second file can still be read.
 */
final class AppendedFile {
    /** How the beginning is removed, the best first: what a file system cannot do, the next one replaces. */
    enum Removal {
        /** The rest moves to the beginning: ext4, XFS. */
        COLLAPSE,
        /** The rest stays where it is, behind a hole without blocks: Btrfs, ZFS, tmpfs. */
        PUNCH,
        /** The file is emptied, and what is appended between the copy and that is lost: FAT, older NFS. */
        TRUNCATE
    }

    private static final Logger log = LoggerFactory.getLogger(AppendedFile.class);
    private static final int CHUNK = 256 << 10;

    private final Path path;
    private Removal removal;

    // Offset of the first byte that is still in the file; those before it are at the end of the second file.
    private long begin;

    // How far offsets are ahead of places in the file.
    private long shift;

    AppendedFile(Path path, Removal best) {
        this.path = path;
        this.removal = best;
        this.begin = firstData(path);
    }

    Path path() {
        return path;
    }

    /** The offset behind the last byte. */
    long length() {
        long length = shift + path.toFile().length();
        if (length < begin) {
            // Somebody else has emptied it.
            begin = shift;
        }
        return length;
    }

    /** The offset of the first byte that is in the file itself. */
    long begin() {
        return begin;
    }

    /** The offset of the first byte that can be read. */
    long first() {
        return begin - former().toFile().length();
    }

    /** The bytes from the offset {@code from} on, fewer where there are no more. */
    byte[] read(long from, int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (from < begin) {
                copy(former(), from - first(), Math.min(count, begin - from), bytes);
            }
            copy(path, Math.max(from, begin) - shift, count - bytes.size(), bytes);
        } catch (IOException e) {
            log.debug("Could not read {}", path, e);
        }
        return bytes.toByteArray();
    }

    /** Moves the beginning to the second file, in place of what that held, once more than {@code largest} bytes are here. */
    void rotate(long largest) throws IOException {
        long size = length() - shift;
        if (size - (begin - shift) <= largest) {
            return;
        }
        // Blocks can be collapsed, and never all of a file.
        long block = Files.getFileStore(path).getBlockSize();
        long end = (size - 1) / block * block;
        Path temporary = former().resolveSibling(former().getFileName() + ".tmp");
        try {
            try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
                copy(path, begin - shift, end - (begin - shift), out);
            }
            // An agent that dies before the removal leaves these bytes in both; its successor copies them again.
            Files.move(temporary, former(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
        remove(end);
    }

    void delete() {
        DurableFiles.deleteTree(path);
        DurableFiles.deleteTree(former());
        begin = 0;
        shift = 0;
    }

    private void remove(long end) throws IOException {
        if (removal == Removal.COLLAPSE) {
            if (begin == shift && Posix.collapse(path, end)) {
                shift += end;
                begin = shift;
                return;
            }
            removal = Removal.PUNCH;
        }
        if (removal == Removal.PUNCH) {
            if (Posix.punch(path, end)) {
                begin = shift + end;
                return;
            }
            removal = Removal.TRUNCATE;
            log.warn(
                    "The file system of {} supports neither FALLOC_FL_COLLAPSE_RANGE nor FALLOC_FL_PUNCH_HOLE. Lines printed during log rotation may be lost; move the agent's state (--state) to ext4, XFS or Btrfs.",
                    path);
        }
        truncate(end);
    }

    private void truncate(long end) throws IOException {
        try (FileOutputStream out = new FileOutputStream(former().toFile(), true)) {
            long size = path.toFile().length();
            copy(path, end, size - end, out);
            new FileOutputStream(path.toFile()).close();
            shift += size;
            begin = shift;
        }
    }

    private Path former() {
        return path.resolveSibling(path.getFileName() + ".1");
    }

    /** Not a channel: an interrupt would close it half-way. */
    private static void copy(Path file, long from, long count, OutputStream out) throws IOException {
        if (count <= 0) {
            return;
        }
        try (FileInputStream in = new FileInputStream(file.toFile())) {
            in.skipNBytes(from);
            byte[] chunk = new byte[(int) Math.min(count, CHUNK)];
            long left = count;
            int read = 0;
            while (left > 0 && read >= 0) {
                read = in.read(chunk, 0, (int) Math.min(left, chunk.length));
                out.write(chunk, 0, Math.max(read, 0));
                left -= read;
            }
        }
    }

    private static long firstData(Path path) {
        try {
            return Files.exists(path) ? Posix.firstData(path) : 0;
        } catch (IOException e) {
            log.debug("Could not find the first byte of {}", path, e);
            return 0;
        }
    }
}
