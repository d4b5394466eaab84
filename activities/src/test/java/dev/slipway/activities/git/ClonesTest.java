package dev.slipway.activities.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.GitRemote;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClonesTest {
    private static final GitRemote SHOP = GitRemote.parse("remote", "https://git.example.com/shop.git");

    @TempDir
    Path folder;

    @Test
    void keepsOneCloneForEachAddress() throws Exception {
        Clones clones = new Clones(folder);

        Path first = clones.use(SHOP, ClonesTest::place);

        assertThat(clones.use(SHOP, ClonesTest::place)).isEqualTo(first);
        assertThat(clones.use(GitRemote.parse("remote", "https://git.example.com/moved.git"), ClonesTest::place))
                .isNotEqualTo(first);
    }

    @Test
    void oneAtATimeUsesAClone() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = pool.submit(() -> new Clones(folder).use(SHOP, _ -> {
                inside.countDown();
                return leave.await(1, TimeUnit.MINUTES);
            }));
            inside.await();
            Future<Long> second = pool.submit(() -> new Clones(folder).use(SHOP, _ -> leave.getCount()));
            assertThat(second.isDone()).isFalse();
            leave.countDown();

            assertThat(second.get()).isZero();
            assertThat(first.get()).isEqualTo(true);
        }
    }

    @Test
    void replacesACloneThatTurnsOutToBeDamaged() throws Exception {
        Clones clones = new Clones(folder);
        Path mark = clones.use(SHOP, clone -> Files.writeString(place(clone).resolve("mark"), "old"));

        boolean isNew = clones.use(SHOP, clone -> {
            if (Files.exists(mark)) {
                throw new CorruptObjectException("objects/pack");
            }
            return true;
        });

        assertThat(isNew).isTrue();
    }

    @Test
    void clearsWhatADeadProcessHasLeft() throws Exception {
        Clones clones = new Clones(folder);
        List<String> leftovers = List.of(
                "HEAD.lock", "refs/heads/main.lock", "objects/noz1.tmp", "objects/pack/gc_1.pack_tmp", "gc.pid");
        Path clone = clones.use(SHOP, ClonesTest::place);
        for (String leftover : leftovers) {
            Files.writeString(clone.resolve(leftover), "");
        }

        clones.use(SHOP, ClonesTest::place);

        assertThat(leftovers).noneMatch(leftover -> Files.exists(clone.resolve(leftover)));
        assertThat(clone.resolve("HEAD")).exists();
    }

    @Test
    void packsAnewWhatIsInManyPieces() throws Exception {
        Clones clones = new Clones(folder);
        clones.use(SHOP, clone -> {
            for (int i = 0; i <= Upkeep.MOST_PACKS; i++) {
                addPack(clone, "piece " + i);
            }
            return true;
        });

        int packs = clones.use(SHOP, clone -> packs(place(clone)));

        assertThat(packs).isLessThan(5);
    }

    private static Path place(Repository clone) {
        return clone.getDirectory().toPath();
    }

    private static void addPack(Repository clone, String text) throws IOException {
        try (ObjectInserter inserter = ((ObjectDirectory) clone.getObjectDatabase()).newPackInserter()) {
            inserter.insert(Constants.OBJ_BLOB, text.getBytes(StandardCharsets.UTF_8));
            inserter.flush();
        }
    }

    private static int packs(Path clone) throws IOException {
        try (Stream<Path> files = Files.list(clone.resolve("objects/pack"))) {
            return (int) files.filter(file -> file.toString().endsWith(".pack")).count();
        }
    }
}
