package dev.slipway.activities.git;

import dev.slipway.core.failure.FullDisk;
import dev.slipway.core.gitops.GitRemote;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * One bare clone for each remote repository, in a folder that several processes may share. A clone holds nothing that
 * could not be fetched again: a damaged one is replaced.
 */
public final class Clones {
    private final Path folder;

    /** What is done with a clone. */
    interface Work<T> {
        T with(Repository clone) throws IOException, InterruptedException;
    }

    public Clones(Path folder) {
        Isolation.enforce();
        this.folder = folder;
    }

    /** Nobody else uses the clone of {@code remote} meanwhile. */
    <T> T use(GitRemote remote, Work<T> work) throws IOException, InterruptedException {
        Path clone = folder.resolve(nameOf(remote) + ".git");
        try (CloneLock _ = CloneLock.acquire(folder.resolve(nameOf(remote) + ".lock"))) {
            try {
                return open(clone, work);
            } catch (IOException | RuntimeException e) {
                if (FullDisk.isIn(e)) {
                    makeRoom(clone, e);
                }
                if (!Damage.isIn(e)) {
                    throw e;
                }
                delete(clone);
                return open(clone, work);
            }
        }
    }

    // Others need the space now, and nobody knows when the next push comes.
    private static void makeRoom(Path clone, Exception full) {
        try {
            delete(growing(clone));
            if (Files.isDirectory(clone)) {
                Leftovers.clear(clone);
            }
        } catch (IOException e) {
            full.addSuppressed(e);
        }
    }

    /** Another address is another repository, and so another clone. */
    private static String nameOf(GitRemote remote) {
        try (ObjectInserter.Formatter hash = new ObjectInserter.Formatter()) {
            return hash.idFor(Constants.OBJ_BLOB, remote.toString().getBytes(StandardCharsets.UTF_8))
                    .name();
        }
    }

    private static <T> T open(Path clone, Work<T> work) throws IOException, InterruptedException {
        if (!Files.isDirectory(clone)) {
            create(clone);
        }
        Leftovers.clear(clone);
        try (Repository repository = repository(clone)) {
            Upkeep.of(repository);
            return work.with(repository);
        }
    }

    private static Repository repository(Path folder) throws IOException {
        return new FileRepositoryBuilder()
                .setGitDir(folder.toFile())
                .setBare()
                .setMustExist(Files.exists(folder.resolve(Constants.HEAD)))
                .build();
    }

    /** Under another name first, so that a clone is there as a whole or not at all. */
    private static void create(Path clone) throws IOException {
        Path growing = growing(clone);
        delete(growing);
        try (Repository repository = repository(growing)) {
            repository.create(true);
            StoredConfig config = repository.getConfig();
            config.setBoolean("core", null, "logallrefupdates", false);
            config.setInt("gc", null, "auto", 0);
            // Nobody else works with it meanwhile, who could still need what is not referred to yet.
            config.setString("gc", null, "pruneExpire", "now");
            config.setString("gc", null, "prunePackExpire", "now");
            config.setInt("http", null, "maxRedirects", 3);
            config.save();
        }
        Files.move(growing, clone, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path growing(Path clone) {
        return clone.resolveSibling(clone.getFileName() + ".new");
    }

    private static void delete(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> files = Files.walk(tree)) {
            for (File file :
                    files.sorted(Comparator.reverseOrder()).map(Path::toFile).toList()) {
                Files.deleteIfExists(file.toPath());
            }
        }
    }
}
