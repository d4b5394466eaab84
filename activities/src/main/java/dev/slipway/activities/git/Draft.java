package dev.slipway.activities.git;

import dev.slipway.core.gitops.IacRepository;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.jspecify.annotations.Nullable;

/** Trees and commits in a clone. Nobody sees them until they are pushed. */
public final class Draft implements AutoCloseable {
    private final ObjectInserter inserter;
    private final ObjectReader reader;
    private final RevWalk commits;
    private final Trees trees;
    private final CommitSigner signer;

    Draft(Repository clone, CommitSigner signer) {
        this.inserter = clone.newObjectInserter();
        this.reader = inserter.newReader();
        this.commits = new RevWalk(reader);
        this.trees = new Trees(reader, inserter);
        this.signer = signer;
    }

    /** A folder with these files, by their paths in it. */
    public ObjectId write(Map<String, TreeFile> files) throws IOException {
        return trees.write(files);
    }

    /** The folder at {@code path} in {@code commit}; empty where there is none. */
    public Optional<ObjectId> folder(@Nullable ObjectId commit, String path) throws IOException {
        return trees.folder(tree(commit), RepositoryPath.parse(path));
    }

    /** Whether it is a commit that this clone has. */
    public boolean knows(String commit) throws IOException {
        return ObjectId.isId(commit) && reader.has(ObjectId.fromString(commit));
    }

    /** The commit before {@code commit}; null for the first one. */
    public @Nullable ObjectId before(ObjectId commit) throws IOException {
        RevCommit parsed = commits.parseCommit(commit);
        return parsed.getParentCount() == 0 ? null : parsed.getParent(0).toObjectId();
    }

    /** A commit behind {@code parent} which differs from it in the folder at {@code path} only; null removes the folder. */
    public ObjectId commit(
            @Nullable ObjectId parent,
            String path,
            @Nullable ObjectId folder,
            IacRepository.Person author,
            String message)
            throws IOException {
        CommitBuilder commit = new CommitBuilder();
        commit.setTreeId(trees.with(tree(parent), RepositoryPath.parse(path), folder));
        if (parent != null) {
            commit.setParentId(parent);
        }
        PersonIdent person = new PersonIdent(author.name(), author.email(), Instant.now(), ZoneOffset.UTC);
        commit.setAuthor(person);
        commit.setCommitter(person);
        commit.setMessage(message);
        commit.setGpgSignature(signer.sign(commit.build()));
        ObjectId id = inserter.insert(commit);
        inserter.flush();
        return id;
    }

    private @Nullable ObjectId tree(@Nullable ObjectId commit) throws IOException {
        return commit == null ? null : commits.parseCommit(commit).getTree().toObjectId();
    }

    @Override
    public void close() {
        commits.close();
        reader.close();
        inserter.close();
    }
}
