package dev.slipway.api.gitops;

import dev.slipway.api.artifact.EntrySelection;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartLimits;
import dev.slipway.core.gitops.ChartYaml;
import dev.slipway.core.input.Names;

/** The entries of a packaged chart: all of them in one folder, and one of them its Chart.yaml. */
final class ChartEntries implements EntrySelection {
    private final ChartLimits limits;
    private int entries;
    private String folder = "";
    private String chartYaml = "";

    ChartEntries(ChartLimits limits) {
        this.limits = limits;
    }

    String folder() {
        return folder;
    }

    /** As the archive spells it; empty where there is none. */
    String chartYaml() {
        return chartYaml;
    }

    @Override
    public boolean takes(String path, boolean folder, long size) {
        if (++entries > limits.entries()) {
            throw tooLarge("more than " + limits.entries() + " entries");
        }
        String plain = path.startsWith("./") ? path.substring(2) : path;
        if (folder && plain.isEmpty()) {
            return false;
        }
        requireInFolder(path, plain, folder);
        if (folder) {
            return false;
        }
        boolean wanted = plain.equals(this.folder + "/" + ChartYaml.FILE);
        int largest = wanted ? limits.yamlBytes() : limits.fileBytes();
        if (size > largest) {
            throw tooLarge("a file of more than " + largest + " bytes, \"" + Names.shown(path) + "\"");
        }
        if (wanted) {
            requireFirst(path);
        }
        return wanted;
    }

    private void requireInFolder(String path, String plain, boolean isFolder) {
        int slash = plain.indexOf('/');
        String top = slash < 0 ? plain : plain.substring(0, slash);
        if (folder.isEmpty()) {
            folder = top;
        }
        if (!top.equals(folder) || (slash < 0 && !isFolder)) {
            throw unsafe(path, "is not in the one folder that a packaged chart has");
        }
    }

    private void requireFirst(String path) {
        if (!chartYaml.isEmpty()) {
            throw unsafe(path, "is there twice");
        }
        chartYaml = path;
    }

    private static SlipwayException unsafe(String path, String problem) {
        return new SlipwayException(
                FailureType.UNSAFE_ARCHIVE,
                "Entry \"" + Names.shown(path) + "\" of the archive " + problem
                        + "; package the chart with \"helm package\"");
    }

    private static SlipwayException tooLarge(String problem) {
        return new SlipwayException(
                FailureType.ARCHIVE_TOO_LARGE,
                "The archive has " + problem + "; leave out what the chart does not need, by .helmignore");
    }
}
