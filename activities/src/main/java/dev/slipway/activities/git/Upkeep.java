package dev.slipway.activities.git;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;

/**
 * Packs a clone anew once it is in many pieces, because an object is looked for in each of them. That happens so rarely
 * that what it costs is shared by many pushes.
 */
final class Upkeep {
    /** Every fetch adds one. */
    static final int MOST_PACKS = 50;

    // As Git itself estimates how many loose objects there are: by one folder of 256.
    private static final String ONE_OF_256 = "17";
    private static final int MOST_IN_ONE = 27;

    private Upkeep() {}

    static void of(Repository clone) throws IOException {
        Path objects = clone.getDirectory().toPath().resolve("objects");
        if (count(objects.resolve("pack"), "*.pack") <= MOST_PACKS
                && count(objects.resolve(ONE_OF_256), "*") <= MOST_IN_ONE) {
            return;
        }
        try {
            // Git closes the repository only if it has opened it.
            new Git(clone).gc().call();
        } catch (GitAPIException e) {
            throw new IOException("Could not repack the clone", e);
        }
    }

    private static int count(Path folder, String names) throws IOException {
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        int count = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, names)) {
            for (Path _ : files) {
                count++;
            }
        }
        return count;
    }
}
