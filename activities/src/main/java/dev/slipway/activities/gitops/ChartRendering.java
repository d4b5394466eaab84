package dev.slipway.activities.gitops;

import dev.slipway.activities.git.TreeFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** Makes the files of a chart's folder out of the archive of a chart. */
@FunctionalInterface
public interface ChartRendering {
    /**
     * The files by their paths in the folder. Fails with a failure that is not retryable (such as {@code InvalidChart} or
     * {@code UnsafeArchive}) where the archive is none to be used.
     */
    Map<String, TreeFile> files(InputStream archive, String version, Map<String, String> values) throws IOException;
}
