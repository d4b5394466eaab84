package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.IacRepository.Person;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DraftTest {
    @TempDir
    Path folder;

    private TestRepository git;
    private Draft draft;

    @BeforeEach
    void open() throws IOException {
        git = new TestRepository(folder.resolve("r.git"));
        draft = new Draft(git.repository(), CommitSigner.NONE);
    }

    @AfterEach
    void close() {
        draft.close();
        git.close();
    }

    private static TreeFile file(String text) {
        return new TreeFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    private ObjectId commit(@Nullable ObjectId parent, String path, @Nullable ObjectId content) throws IOException {
        return draft.commit(parent, path, content, Person.SLIPWAY, "message");
    }

    private ObjectId chart() throws IOException {
        return draft.write(Map.of("Chart.yaml", file("a"), "run.sh", new TreeFile(new byte[] {1}, true)));
    }

    @Test
    void makesTheFoldersOnTheWayIntoAnEmptyRepository() throws IOException {
        ObjectId commit = commit(null, "teams/shop/chart", chart());

        assertThat(git.files(git.treeOf(commit)))
                .containsExactly("100644 teams/shop/chart/Chart.yaml", "100755 teams/shop/chart/run.sh");
    }

    @Test
    void keepsEveryNeighbourAsItIs() throws IOException {
        ObjectId blob = git.blob("x");
        ObjectId other = git.tree("f", FileMode.REGULAR_FILE, blob);
        ObjectId begin = git.commit(
                null,
                git.tree(
                        "a",
                        FileMode.SYMLINK,
                        blob,
                        "chart-b",
                        FileMode.EXECUTABLE_FILE,
                        blob,
                        "chart.x",
                        FileMode.REGULAR_FILE,
                        blob,
                        "chart0",
                        FileMode.TREE,
                        other,
                        "sub",
                        FileMode.GITLINK,
                        ObjectId.fromString("1".repeat(40))),
                "begin");

        ObjectId commit = commit(begin, "chart", chart());

        // A folder stands where its name with a slash behind it would: the reader relies on that.
        assertThat(git.files(git.treeOf(commit)))
                .containsExactly(
                        "120000 a",
                        "100755 chart-b",
                        "100644 chart.x",
                        "100644 chart/Chart.yaml",
                        "100755 chart/run.sh",
                        "100644 chart0/f",
                        "160000 sub");
        assertThat(draft.before(commit)).isEqualTo(begin);
    }

    @Test
    void replacesTheFolderAsAWhole() throws IOException {
        ObjectId first = commit(null, "charts/shop", draft.write(Map.of("gone/deep/x", file("x"), "stays", file("y"))));

        ObjectId second = commit(first, "charts/shop", draft.write(Map.of("stays", file("y"))));

        assertThat(git.files(git.treeOf(second))).containsExactly("100644 charts/shop/stays");
    }

    @Test
    void leavesNoEmptyFolderBehind() throws IOException {
        ObjectId first = commit(null, "README", chart());
        ObjectId second = commit(first, "a/b/c", chart());

        ObjectId third = commit(second, "a/b/c", null);

        assertThat(git.treeOf(third)).isEqualTo(git.treeOf(first));
    }

    @Test
    void theSameFilesAreTheSameFolder() throws IOException {
        ObjectId commit = commit(null, "charts/shop", chart());

        assertThat(draft.folder(commit, "charts/shop")).contains(chart());
        assertThat(draft.folder(commit, "charts/other")).isEmpty();
        assertThat(draft.folder(null, "charts/other")).isEmpty();
    }

    @Test
    void readsBackWhatGitOrdersInItsOwnWay() throws IOException {
        Map<String, TreeFile> files =
                Map.of("a/x", file("1"), "a-b", file("2"), "a.c", file("3"), "a0", file("4"), "\u00e4", file("5"));

        ObjectId tree = draft.write(files);

        assertThat(git.files(tree))
                .containsExactly("100644 a-b", "100644 a.c", "100644 a/x", "100644 a0", "100644 \u00e4");
    }

    @Test
    void followsNoLink() throws IOException {
        ObjectId begin = git.commit(null, git.tree("charts", FileMode.SYMLINK, git.blob("/etc")), "begin");

        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(() -> commit(begin, "charts/shop", chart()))
                .satisfies(refusal -> assertThat(refusal.type()).isEqualTo(FailureType.GIT_REFUSED))
                .withMessageContaining("\"charts\", on the way to the chart's folder, is a symbolic link");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x",
                "a/../b",
                "/a",
                "a//b",
                ".git/hooks/x",
                "a/.GIT/config",
                "a/git~1/x",
                "a/.g\u200cit/x",
                "",
                "a/"
            })
    void writesNoPathThatIsNone(String path) {
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> draft.write(Map.of(path, file("x"))));
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> commit(null, path, chart()));
    }

    @Test
    void writesTheSameNumberOfObjectsHoweverManyFilesThereAre() throws IOException {
        ObjectId commit = null;
        for (int i = 0; i < 30; i++) {
            commit = commit(commit, "charts/app" + i, draft.write(Map.of("Chart.yaml", file("chart " + i))));
        }
        long before = objects();

        commit(commit, "charts/app7", draft.write(Map.of("Chart.yaml", file("another chart"))));

        // The file, its folder, charts, the root and the commit.
        assertThat(objects() - before).isEqualTo(5);
    }

    private long objects() throws IOException {
        try (var files = Files.walk(folder.resolve("r.git/objects"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }
}
