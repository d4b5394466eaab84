package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrailerIndexTest {
    @TempDir
    Path folder;

    private TestRepository git;

    @BeforeEach
    void open() throws IOException {
        git = new TestRepository(folder.resolve("r.git"));
    }

    @AfterEach
    void close() {
        git.close();
    }

    private TrailerIndex index() {
        return new TrailerIndex(git.repository(), "refs/heads/main", Set.of("Id"));
    }

    private ObjectId commit(ObjectId parent, String id) throws IOException {
        return git.commit(parent, "Subject\n\nId: " + id + "\nSigned-off-by: Eve\n");
    }

    @Test
    void findsWhatWasReadNowAndEarlier() throws IOException {
        ObjectId root = git.commit(null, "Begin");
        ObjectId one = commit(root, "one");
        ObjectId two = commit(one, "two");
        index().readUpTo(one);

        TrailerIndex index = index();
        index.readUpTo(two);

        assertThat(index.find("Id", "one")).contains(one);
        assertThat(index.find("Id", "two")).contains(two);
        assertThat(index.find("Id", "three")).isEmpty();
        assertThat(index.find("Signed-off-by", "Eve")).isEmpty();
    }

    @Test
    void takesOnlyTheLastParagraphForTrailers() throws IOException {
        ObjectId commit = git.commit(null, "Id: subject\n\nId: body\n\nOther: x\n");

        TrailerIndex index = index();
        index.readUpTo(commit);

        assertThat(index.find("Id", "subject")).isEmpty();
        assertThat(index.find("Id", "body")).isEmpty();
    }

    @Test
    void readsEachCommitOnce() throws IOException {
        ObjectId root = git.commit(null, "Begin");
        ObjectId one = commit(root, "one");
        for (int i = 0; i < 20; i++) {
            one = commit(one, "one");
        }
        index().readUpTo(one);
        deleteObject(root);

        TrailerIndex index = index();
        index.readUpTo(commit(one, "two"));

        assertThat(index.find("Id", "one")).contains(one);
        assertThat(index.find("Id", "two")).isPresent();
    }

    @Test
    void readsAllAnewWhereHistoryWasRewritten() throws IOException {
        ObjectId root = git.commit(null, "Begin");
        ObjectId kept = commit(root, "kept");
        index().readUpTo(commit(kept, "dropped"));

        TrailerIndex index = index();
        index.readUpTo(commit(kept, "instead"));

        assertThat(index.find("Id", "dropped")).isEmpty();
        assertThat(index.find("Id", "kept")).contains(kept);
        assertThat(index.find("Id", "instead")).isPresent();
    }

    @Test
    void goesBackWhereTheBranchWasSetBack() throws IOException {
        ObjectId root = git.commit(null, "Begin");
        ObjectId kept = commit(root, "kept");
        index().readUpTo(commit(kept, "dropped"));

        TrailerIndex index = index();
        index.readUpTo(kept);

        assertThat(index.find("Id", "dropped")).isEmpty();
        assertThat(index.find("Id", "kept")).contains(kept);
    }

    @Test
    void doesAgainWhatADyingProcessHasLeftUndone() throws IOException {
        ObjectId root = git.commit(null, "Begin");
        ObjectId one = commit(root, "one");
        index().readUpTo(root);
        for (Path file : trailerFiles()) {
            Files.writeString(
                    file.resolveSibling("00"), "half a li", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.writeString(file.resolveSibling("read.new"), "half a comm");
        }

        TrailerIndex index = index();
        index.readUpTo(one);

        assertThat(index.find("Id", "one")).contains(one);
        assertThat(Files.readString(trailerFiles().getFirst().resolveSibling("read")))
                .isEqualTo(one.name());
    }

    private java.util.List<Path> trailerFiles() throws IOException {
        try (var files = Files.walk(folder.resolve("r.git/trailers"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private void deleteObject(ObjectId id) throws IOException {
        String name = id.name();
        Files.delete(folder.resolve("r.git/objects/" + name.substring(0, 2) + "/" + name.substring(2)));
    }
}
