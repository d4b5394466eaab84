package dev.slipway.activities.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** A bare repository on this disk. */
final class TestRepository implements AutoCloseable {
    private static final PersonIdent EVE =
            new PersonIdent("Eve", "eve@example.com", Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

    private final Repository repository;
    private int commits;

    TestRepository(Path folder) throws IOException {
        Isolation.enforce();
        this.repository =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().build();
        repository.create(true);
    }

    Repository repository() {
        return repository;
    }

    /** A tree of one level. */
    ObjectId tree(Object... namesModesAndIds) throws IOException {
        TreeFormatter formatter = new TreeFormatter();
        for (int i = 0; i < namesModesAndIds.length; i += 3) {
            formatter.append((String) namesModesAndIds[i], (FileMode) namesModesAndIds[i + 1], (ObjectId)
                    namesModesAndIds[i + 2]);
        }
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            return inserter.insert(formatter);
        }
    }

    ObjectId blob(String text) throws IOException {
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            return inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    ObjectId commit(@Nullable ObjectId parent, String message) throws IOException {
        return commit(parent, tree(), message);
    }

    /** Each a second later than the one before. */
    ObjectId commit(@Nullable ObjectId parent, ObjectId tree, String message) throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(tree);
        if (parent != null) {
            commit.setParentId(parent);
        }
        PersonIdent person = new PersonIdent(EVE, EVE.getWhenAsInstant().plusSeconds(++commits));
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage(message);
        try (ObjectInserter inserter = repository.newObjectInserter()) {
            return inserter.insert(commit);
        }
    }

    /** Mode and path of all the files. */
    List<String> files(ObjectId tree) throws IOException {
        List<String> files = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(repository)) {
            walk.addTree(tree);
            walk.setRecursive(true);
            while (walk.next()) {
                files.add(walk.getFileMode() + " " + walk.getPathString());
            }
        }
        return files;
    }

    ObjectId treeOf(ObjectId commit) throws IOException {
        try (RevWalk walk = new RevWalk(repository)) {
            return walk.parseCommit(commit).getTree().toObjectId();
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
