package dev.slipway.agent.artifact;

import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.Posix;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.input.Names;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/**
 * Unpacks a gzipped tar archive that may be hostile: only plain files and folders, only below the given folder, without
 * special rights, and within limits. What it wrote is on the disk when it returns.
 */
public final class ArchiveExtraction {
    private static final int CHUNK = 256 << 10;
    private static final int SET_ID = 06000;
    private static final Set<Byte> PLAIN = Set.of(
            TarConstants.LF_NORMAL, TarConstants.LF_OLDNORM, TarConstants.LF_CONTIG, TarConstants.LF_GNUTYPE_SPARSE);

    private final Path archive;
    private final Path into;
    private final ArchiveLimits limits;
    private final long mostBytes;
    private final byte[] chunk = new byte[CHUNK];
    private int entries;
    private long bytes;

    private ArchiveExtraction(Path archive, Path into, ArchiveLimits limits) {
        this.archive = archive;
        this.into = into;
        this.limits = limits;
        this.mostBytes = Math.min(
                limits.bytes(),
                Math.max(limits.ratioFloor(), limits.ratio() * archive.toFile().length()));
    }

    /** Unpacks {@code archive} into the existing folder {@code into}; what it leaves there on failure is the caller's to delete. */
    public static Unpacked extract(Path archive, Path into) throws InterruptedException {
        return extract(archive, into, ArchiveLimits.DEFAULT);
    }

    static Unpacked extract(Path archive, Path into, ArchiveLimits limits) throws InterruptedException {
        return new ArchiveExtraction(archive, into, limits).run();
    }

    /** How much came out. */
    public record Unpacked(int entries, long bytes) {}

    private Unpacked run() throws InterruptedException {
        try (InputStream file = new BufferedInputStream(new FileInputStream(archive.toFile()), CHUNK);
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file, CHUNK))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                if (++entries > limits.entries()) {
                    throw tooLarge("more than " + limits.entries() + " entries");
                }
                unpack(entry, tar);
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new SlipwayException(
                    FailureType.UNSAFE_ARCHIVE, "The archive is no sound tar.gz: " + e.getMessage() + ".", e);
        }
        try {
            Posix.syncFileSystem(into);
        } catch (IOException e) {
            throw DiskFailures.of("write", into, e);
        }
        return new Unpacked(entries, bytes);
    }

    private void unpack(TarArchiveEntry entry, InputStream content) throws IOException, InterruptedException {
        Path path = placeOf(entry);
        if (entry.isDirectory()) {
            makeFolder(path, entry.getMode());
        } else if (!PLAIN.contains(entry.getLinkFlag())) {
            throw unsafe(entry, "is a " + kindOf(entry) + "; only files and folders are unpacked");
        } else if ((entry.getMode() & SET_ID) != 0) {
            throw unsafe(entry, "has a setuid or setgid bit");
        } else {
            writeFile(path, entry, content);
        }
    }

    private Path placeOf(TarArchiveEntry entry) {
        String name = entry.getName();
        List<String> parts = List.of(name.split("/", -1));
        if (name.startsWith("/") || parts.contains("..") || name.indexOf('\0') >= 0) {
            throw unsafe(entry, "leads out of the archive");
        }
        if (parts.size() > limits.depth()) {
            throw tooLarge("folders deeper than " + limits.depth());
        }
        Path path = into.resolve(name).normalize();
        if (!path.startsWith(into)) {
            throw unsafe(entry, "leads out of the archive");
        }
        return path;
    }

    private void makeFolder(Path path, int mode) {
        try {
            Files.createDirectories(path);
            Files.setPosixFilePermissions(path, permissions(mode | 0700));
        } catch (IOException e) {
            throw DiskFailures.of("create", path, e);
        }
    }

    private void writeFile(Path path, TarArchiveEntry entry, InputStream content)
            throws IOException, InterruptedException {
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw DiskFailures.of("create", path, e);
        }
        if (Files.isDirectory(path)) {
            throw unsafe(entry, "is a folder and a file at once");
        }
        try (FileOutputStream out = create(path)) {
            for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
                bytes += read;
                if (bytes > mostBytes) {
                    throw tooLarge("more than " + (mostBytes >> 20) + " MiB unpacked, from "
                            + (archive.toFile().length() >> 10) + " KiB");
                }
                write(out, read, path);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        try {
            Files.setPosixFilePermissions(path, permissions(entry.getMode() | 0600));
        } catch (IOException e) {
            throw DiskFailures.of("write", path, e);
        }
    }

    private static FileOutputStream create(Path path) {
        try {
            return new FileOutputStream(path.toFile());
        } catch (IOException e) {
            throw DiskFailures.of("write", path, e);
        }
    }

    private void write(FileOutputStream out, int length, Path path) {
        try {
            out.write(chunk, 0, length);
        } catch (IOException e) {
            throw DiskFailures.of("write", path, e);
        }
    }

    /** As in the archive, but never writable by others. */
    private static Set<PosixFilePermission> permissions(int mode) {
        PosixFilePermission[] ofBits = {
            PosixFilePermission.OTHERS_EXECUTE, null, PosixFilePermission.OTHERS_READ,
            PosixFilePermission.GROUP_EXECUTE, null, PosixFilePermission.GROUP_READ,
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
        };
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < ofBits.length; bit++) {
            if ((mode & 1 << bit) != 0 && ofBits[bit] != null) {
                permissions.add(ofBits[bit]);
            }
        }
        return permissions;
    }

    private static String kindOf(TarArchiveEntry entry) {
        if (entry.isSymbolicLink()) {
            return "symbolic link";
        }
        if (entry.isLink()) {
            return "hard link";
        }
        return entry.isFIFO() ? "named pipe" : "device or something else special";
    }

    private static SlipwayException unsafe(TarArchiveEntry entry, String problem) {
        return new SlipwayException(
                FailureType.UNSAFE_ARCHIVE,
                "Entry \"" + Names.shown(entry.getName()) + "\" of the archive " + problem
                        + ". Build the archive without it.");
    }

    private static SlipwayException tooLarge(String problem) {
        return new SlipwayException(FailureType.ARCHIVE_TOO_LARGE, "The archive has " + problem + ".");
    }
}
