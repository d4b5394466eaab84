package dev.slipway.agent.process;

import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directory of a process target: {@code releases/<digest>}, and {@code current}, which links to one of them. */
final class ReleaseDirectory {
    private static final Pattern RELEASE = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern UNFINISHED = Pattern.compile("\\.[0-9a-f]{64}\\.tmp.*");

    private final Path directory;
    private final Path releases;
    private final Path current;

    ReleaseDirectory(String directory) {
        this.directory = Path.of(directory);
        this.releases = this.directory.resolve("releases");
        this.current = this.directory.resolve("current");
    }

    /** The directory itself, whatever links lead to it. */
    Path real() {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            // Where nothing is, or nothing can be seen, its name is all there is.
            return directory;
        }
    }

    Path folder(Digest digest) {
        return releases.resolve(digest.hex());
    }

    boolean has(Digest digest) {
        return Files.isDirectory(folder(digest), LinkOption.NOFOLLOW_LINKS);
    }

    /** The digest that the link points to; empty where there is none, or its release is gone. */
    Optional<Digest> current() {
        try {
            String name = Files.readSymbolicLink(current).getFileName().toString();
            return Optional.of(name)
                    .filter(hex -> RELEASE.matcher(hex).matches())
                    .map(hex -> new Digest("sha256:" + hex))
                    .filter(this::has);
        } catch (NoSuchFileException | NotLinkException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.of("read", current, e);
        }
    }

    /** The folders that {@link #make} would make outside its own, the deepest first. */
    List<Path> missing() {
        List<Path> missing = new ArrayList<>();
        for (Path path = directory; path != null && !Files.exists(path); path = path.getParent()) {
            missing.add(path);
        }
        return missing;
    }

    void make() {
        try {
            Files.createDirectories(releases);
        } catch (IOException e) {
            throw DiskFailures.of("create", releases, e);
        }
    }

    /** A new folder to unpack {@code digest} into. Those that killed attempts left are deleted. */
    Path beginRelease(Digest digest) {
        deleteUnfinished();
        try {
            return Files.createTempDirectory(releases, "." + digest.hex() + ".tmp-");
        } catch (IOException e) {
            throw DiskFailures.of("create a folder in", releases, e);
        }
    }

    /** Makes {@code unpacked}, which is on the disk, the release with this digest. */
    void finishRelease(Digest digest, Path unpacked) {
        try {
            Files.setPosixFilePermissions(unpacked, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unpacked, folder(digest), StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncFolder(releases);
        } catch (IOException e) {
            throw DiskFailures.of("create", folder(digest), e);
        }
    }

    /** Points the link to {@code digest}: at every moment it is the old one or the new one. */
    void switchTo(Digest digest) {
        if (Files.exists(current, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(current)) {
            throw new SlipwayException(
                    FailureType.INVALID_INPUT,
                    "directory: " + current
                            + " is not a link created by Slipway. Move it away, or choose another directory.");
        }
        Path next = directory.resolve(".current.tmp");
        try {
            Files.deleteIfExists(next);
            Files.createSymbolicLink(next, Path.of("releases", digest.hex()));
            Files.move(next, current, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.syncFolder(directory);
        } catch (IOException e) {
            throw DiskFailures.of("switch", current, e);
        }
    }

    void prune(Set<Digest> kept) {
        Optional<Digest> now = current();
        for (Path release : entries(RELEASE)) {
            Digest digest = new Digest("sha256:" + release.getFileName());
            if (!kept.contains(digest) && !now.equals(Optional.of(digest))) {
                DurableFiles.deleteTree(release);
            }
        }
    }

    /** Deletes everything that Slipway made here, and nothing else. Whether there was anything installed. */
    boolean delete(List<Path> made) {
        boolean existed = Files.isSymbolicLink(current) || !entries(RELEASE).isEmpty();
        try {
            if (Files.isSymbolicLink(current)) {
                Files.delete(current);
            }
            Files.deleteIfExists(directory.resolve(".current.tmp"));
        } catch (IOException e) {
            throw DiskFailures.of("delete", current, e);
        }
        entries(RELEASE).forEach(DurableFiles::deleteTree);
        deleteUnfinished();
        deleteIfEmpty(releases);
        made.forEach(ReleaseDirectory::deleteIfEmpty);
        return existed;
    }

    private void deleteUnfinished() {
        entries(UNFINISHED).forEach(DurableFiles::deleteTree);
    }

    private List<Path> entries(Pattern name) {
        if (!Files.isDirectory(releases)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(releases)) {
            return entries.filter(entry ->
                            name.matcher(entry.getFileName().toString()).matches())
                    .toList();
        } catch (IOException e) {
            throw DiskFailures.of("list", releases, e);
        }
    }

    private static void deleteIfEmpty(Path folder) {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // Somebody else keeps things there.
            return;
        } catch (IOException e) {
            throw DiskFailures.of("delete", folder, e);
        }
    }
}
