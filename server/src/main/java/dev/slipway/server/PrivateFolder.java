package dev.slipway.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that nobody else may look into, among the temporary files of everybody. */
final class PrivateFolder {
    private static final String PERMISSIONS = "rwx------";

    private PrivateFolder() {}

    /**
     * The folder of this name and of this process's user, which is made where it is not there. A name that can be guessed
     * could have been taken by somebody else first: then this process does not start.
     */
    static Path ofTemporary(String name) throws IOException {
        return in(Path.of(System.getProperty("java.io.tmpdir")), name);
    }

    static Path in(Path temporary, String name) throws IOException {
        Path probe = Files.createTempFile(temporary, name, "");
        Object own = Files.getAttribute(probe, "unix:uid");
        Files.delete(probe);
        Path folder = temporary.resolve(name + "-" + own);
        try {
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PERMISSIONS)));
        } catch (FileAlreadyExistsException e) {
            requireOwn(folder, own);
        }
        return folder;
    }

    private static void requireOwn(Path folder, Object own) throws IOException {
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Object owner = Files.getAttribute(folder, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        if (!found.isDirectory()
                || !owner.equals(own)
                || !PosixFilePermissions.toString(found.permissions()).equals(PERMISSIONS)) {
            throw new StartupException(
                    folder + " is not private to this user",
                    "Check who created it and remove it, or set SLIPWAY_GITOPS_CLONES.");
        }
    }
}
