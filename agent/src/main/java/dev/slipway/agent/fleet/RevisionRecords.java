package dev.slipway.agent.fleet;

import dev.slipway.agent.state.DiskFailures;
import dev.slipway.agent.state.DurableFiles;
import dev.slipway.core.artifact.Digest;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;

/** The revisions that one target ran, the last few of them, a file each. */
public final class RevisionRecords {
    private static final Logger log = LoggerFactory.getLogger(RevisionRecords.class);
    private static final int KEPT = 5;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final Path applied;

    /** The records of the target whose own folder this is. */
    public RevisionRecords(Path targetFolder) {
        this.applied = targetFolder.resolve("applied");
        this.folder = DurableFiles.makePrivateFolder(targetFolder.resolve("revisions"));
    }

    public Optional<RevisionRecord> find(String id) {
        return ID.matcher(id).matches() ? read(file(id)) : Optional.empty();
    }

    /** The one with this digest that was applied last. */
    public Optional<RevisionRecord> findByDigest(Digest digest) {
        return all().stream()
                .filter(candidate -> candidate.artifact().digest().equals(digest))
                .findFirst();
    }

    /** All that are kept, the one that was applied last first. */
    List<RevisionRecord> all() {
        return latestFirst().stream().flatMap(file -> read(file).stream()).toList();
    }

    /** The one that was last put in place, or was about to be; it tells where to look for what runs. */
    Optional<RevisionRecord> inPlace() {
        try {
            return find(Files.readString(applied).strip());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.of("read", applied, e);
        }
    }

    void putInPlace(RevisionRecord revision) {
        DurableFiles.write(applied, revision.id() + "\n");
    }

    /** From here on the target is nowhere: it was removed, or another one has its place. */
    public void forgetPlace() {
        DurableFiles.deleteTree(applied);
    }

    /** Keeps {@code revision}. */
    void save(RevisionRecord revision) {
        Path file = file(revision.id());
        if (!Files.exists(file)) {
            DurableFiles.write(file, revision.json());
        }
    }

    /** Notes that {@code revision} was applied just now. */
    void applied(RevisionRecord revision) {
        Path file = file(revision.id());
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw DiskFailures.of("touch", file, e);
        }
    }

    /** Forgets all but the last few and those with the digests in {@code needed}; the digests of those that are left. */
    Set<Digest> prune(Set<Digest> needed) {
        List<Path> files = latestFirst();
        Set<Digest> kept = files.stream()
                .limit(KEPT)
                .flatMap(file -> read(file).stream())
                .map(record -> record.artifact().digest())
                .collect(Collectors.toSet());
        kept.addAll(needed);
        files.stream()
                .skip(KEPT)
                .filter(file -> read(file)
                        .filter(record -> needed.contains(record.artifact().digest()))
                        .isEmpty())
                .forEach(DurableFiles::deleteTree);
        return kept;
    }

    private List<Path> latestFirst() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.json")) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw DiskFailures.of("list", folder, e);
        }
        files.sort(Comparator.comparingLong((Path file) -> file.toFile().lastModified())
                .reversed());
        return files;
    }

    private Optional<RevisionRecord> read(Path file) {
        try {
            return Optional.of(RevisionRecord.ofJson(Files.readString(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw DiskFailures.of("read", file, e);
        } catch (JacksonException e) {
            log.warn("Skipped unreadable {}: {}", file, e.getOriginalMessage());
            return Optional.empty();
        }
    }

    private Path file(String id) {
        return folder.resolve(id + ".json");
    }
}
