package dev.slipway.activities.gitops;

import dev.slipway.activities.git.Draft;
import dev.slipway.activities.git.TreeFile;
import dev.slipway.core.artifact.ArtifactSource;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.workflows.gitops.ChartChange;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What the folders of charts are to hold. An archive is opened once, however often its change has to be made again. */
final class ChartFolders {
    private final ArtifactSource artifacts;
    private final ChartRendering charts;
    private final Map<ChartChange.Replace, ObjectId> written = new HashMap<>();

    /** What a change makes of its folder. */
    sealed interface Wanted {
        /** It is that already, or is somebody else's by now. */
        record AsItIs() implements Wanted {}

        /** Null: no folder at all. */
        record Other(@Nullable ObjectId folder) implements Wanted {}
    }

    ChartFolders(ArtifactSource artifacts, ChartRendering charts) {
        this.artifacts = artifacts;
        this.charts = charts;
    }

    static String path(ChartChange change) {
        return switch (change) {
            case ChartChange.Replace replace -> replace.path();
            case ChartChange.Revert revert -> revert.path();
        };
    }

    Wanted wanted(Draft draft, ChartChange change, @Nullable ObjectId tip) throws IOException {
        Optional<ObjectId> present = draft.folder(tip, path(change));
        return switch (change) {
            case ChartChange.Replace replace -> {
                ObjectId folder = folder(draft, replace);
                yield present.filter(folder::equals).isPresent() ? new Wanted.AsItIs() : new Wanted.Other(folder);
            }
            case ChartChange.Revert revert -> before(draft, revert, present);
        };
    }

    private static Wanted before(Draft draft, ChartChange.Revert revert, Optional<ObjectId> present)
            throws IOException {
        if (!draft.knows(revert.commit())) {
            throw new SlipwayException(
                    FailureType.GIT_REFUSED,
                    "The commit that deployment " + revert.deployment() + " made is no longer in the repository;"
                            + " nothing can be reverted.");
        }
        ObjectId commit = ObjectId.fromString(revert.commit());
        boolean isSomebodyElses = !present.equals(draft.folder(commit, revert.path()));
        Optional<ObjectId> earlier = draft.folder(draft.before(commit), revert.path());
        return isSomebodyElses || present.equals(earlier)
                ? new Wanted.AsItIs()
                : new Wanted.Other(earlier.orElse(null));
    }

    private ObjectId folder(Draft draft, ChartChange.Replace replace) throws IOException {
        ObjectId folder = written.get(replace);
        if (folder == null) {
            folder = draft.write(files(replace));
            written.put(replace, folder);
        }
        return folder;
    }

    private Map<String, TreeFile> files(ChartChange.Replace replace) {
        try (InputStream archive = artifacts.open(replace.chart())) {
            Map<String, TreeFile> files = charts.files(archive, replace.version(), replace.values());
            if (files.isEmpty()) {
                throw new SlipwayException(FailureType.INVALID_CHART, "The chart has no files.");
            }
            return files;
        } catch (IOException e) {
            throw new SlipwayException(
                    FailureType.ARTIFACT_UNAVAILABLE,
                    "The archive " + replace.chart().abbreviated() + " of deployment " + replace.deployment()
                            + " cannot be read: " + e,
                    e);
        }
    }
}
