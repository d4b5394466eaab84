package dev.slipway.activities.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.FooterLine;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Which commit of a branch has which trailer. It is kept beside the clone's objects, so that every commit is read once:
 * a look costs the same however long the history is.
 *
 * <p>A line of a bucket is the hash of a trailer and a commit. The file {@code read} names the commit up to which all is
 * in the buckets; it is written last, so what a dying process has left undone is done again.
 */
final class TrailerIndex {
    private static final int ENTRY = 2 * Constants.OBJECT_ID_STRING_LENGTH + 1;

    private final Repository clone;
    private final Set<String> trailers;
    private final Path folder;
    private final Path read;

    /** Of the other trailers nothing is kept. */
    TrailerIndex(Repository clone, String branch, Set<String> trailers) {
        this.clone = clone;
        this.trailers = trailers;
        this.folder = clone.getDirectory().toPath().resolve("trailers").resolve(hash(branch));
        this.read = folder.resolve("read");
    }

    private static String hash(String text) {
        try (ObjectInserter.Formatter hash = new ObjectInserter.Formatter()) {
            return hash.idFor(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8))
                    .name();
        }
    }

    private static String hash(String trailer, String value) {
        return hash(trailer + ": " + value);
    }

    /** The latest commit with this trailer, of those up to the last one that was read. */
    Optional<ObjectId> find(String trailer, String value) throws IOException {
        String key = hash(trailer, value);
        Path bucket = bucket(key);
        if (!Files.exists(bucket)) {
            return Optional.empty();
        }
        return Files.readAllLines(bucket, StandardCharsets.US_ASCII).stream()
                .filter(line -> line.length() == ENTRY && line.startsWith(key))
                .reduce((_, later) -> later)
                .map(line -> ObjectId.fromString(line.substring(key.length() + 1)));
    }

    /** Reads the commits up to {@code head} that were not read yet; all of them where history was rewritten. */
    void readUpTo(ObjectId head) throws IOException {
        Optional<ObjectId> last = lastRead();
        if (last.isPresent() && last.get().equals(head)) {
            return;
        }
        if (last.isEmpty() || !readBetween(last.get(), head)) {
            forget();
            readBetween(ObjectId.zeroId(), head);
        }
        Path next = folder.resolve("read.new");
        Files.deleteIfExists(next);
        write(next, List.of(head.name()));
        Files.move(next, read, StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<ObjectId> lastRead() throws IOException {
        if (!Files.exists(read)) {
            return Optional.empty();
        }
        String text = Files.readString(read).strip();
        return ObjectId.isId(text) ? Optional.of(ObjectId.fromString(text)) : Optional.empty();
    }

    /** False where {@code head} does not follow from {@code last}, or where nobody can tell. */
    private boolean readBetween(ObjectId last, ObjectId head) throws IOException {
        boolean fromTheBeginning = last.equals(ObjectId.zeroId());
        if (!fromTheBeginning && !clone.getObjectDatabase().has(last)) {
            return false;
        }
        boolean follows = fromTheBeginning;
        Map<Path, StringBuilder> entries = new TreeMap<>();
        try (RevWalk commits = new RevWalk(clone)) {
            commits.sort(RevSort.COMMIT_TIME_DESC);
            commits.sort(RevSort.REVERSE, true);
            commits.markStart(commits.parseCommit(head));
            if (!fromTheBeginning) {
                commits.markUninteresting(commits.parseCommit(last));
            }
            for (RevCommit commit : commits) {
                follows |= List.of(commit.getParents()).contains(last);
                commit.getFooterLines().forEach(line -> add(entries, line, commit));
                commit.disposeBody();
            }
        }
        if (follows) {
            for (Map.Entry<Path, StringBuilder> bucket : entries.entrySet()) {
                write(bucket.getKey(), List.of(bucket.getValue()));
            }
        }
        return follows;
    }

    private void add(Map<Path, StringBuilder> entries, FooterLine line, ObjectId commit) {
        if (!trailers.contains(line.getKey())) {
            return;
        }
        String key = hash(line.getKey(), line.getValue());
        // It begins with a line's end, because a dying process may have left half a line.
        entries.computeIfAbsent(bucket(key), _ -> new StringBuilder("\n"))
                .append(key)
                .append(' ')
                .append(commit.name())
                .append('\n');
    }

    private Path bucket(String key) {
        return folder.resolve(key.substring(0, 2));
    }

    private void forget() throws IOException {
        // Without this file nothing else counts.
        Files.deleteIfExists(read);
        if (Files.isDirectory(folder)) {
            try (var buckets = Files.newDirectoryStream(folder)) {
                for (Path bucket : buckets) {
                    Files.delete(bucket);
                }
            }
        }
        Files.createDirectories(folder);
    }

    /** Appends, and does not leave it to chance whether that outlives a power failure. */
    private static void write(Path file, List<? extends CharSequence> texts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(String.join("", texts));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
