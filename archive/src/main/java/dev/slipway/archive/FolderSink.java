package dev.slipway.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Writes to a folder that was empty. Everything in it is made here, once, and links last: nothing is ever written through
 * a link, or over another file.
 */
final class FolderSink implements ArchiveSink {
    private static final int LISTABLE = 0500;

    private final Path root;

    FolderSink(Path root) {
        this.root = root;
    }

    @Override
    public void folder(String path) throws IOException {
        Files.createDirectory(at(path));
    }

    @Override
    public OutputStream file(String path, int mode) throws IOException {
        Path file = at(path);
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.setPosixFilePermissions(file, permissions(mode));
        return out;
    }

    @Override
    public void hardLink(String path, String existing) throws IOException {
        Files.createLink(at(path), at(existing));
    }

    @Override
    public void symbolicLink(String path, String target) throws IOException {
        Files.createSymbolicLink(at(path), Path.of(target));
    }

    /** As in the archive; but its owner can list it, or could not delete it. */
    @Override
    public void finished(String folder, int mode) throws IOException {
        Files.setPosixFilePermissions(at(folder), permissions(mode | LISTABLE));
    }

    private Path at(String path) throws IOException {
        try {
            return root.resolve(path);
        } catch (InvalidPathException e) {
            throw new IOException(
                    "the locale of this process cannot encode the path \"" + path + "\"; start it with LC_ALL=C.UTF-8",
                    e);
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
}
