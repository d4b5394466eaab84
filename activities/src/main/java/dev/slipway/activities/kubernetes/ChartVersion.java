package dev.slipway.activities.kubernetes;

/** Whether a version that Flux or Helm tells is the one that is awaited. */
final class ChartVersion {
    // Flux writes the first twelve digits of a revision; as few as these are no coincidence.
    private static final int SHORTEST_REVISION = 7;

    private ChartVersion() {}

    /**
     * Flux replaces the build metadata of a version by the revision of its source, where its strategy is Revision.
     *
     * @param revision of the source
     */
    static boolean isSame(String seen, String awaited, String revision) {
        if (seen.equals(awaited)) {
            return true;
        }
        int metadata = seen.indexOf('+');
        if (metadata < 0 || !seen.substring(0, metadata).equals(withoutMetadata(awaited))) {
            return false;
        }
        // Behind a dot, it may add the generation of the HelmChart.
        String build = seen.substring(metadata + 1).split("\\.", 2)[0];
        return !awaited.contains("+") || (build.length() >= SHORTEST_REVISION && revision.contains(build));
    }

    private static String withoutMetadata(String version) {
        int metadata = version.indexOf('+');
        return metadata < 0 ? version : version.substring(0, metadata);
    }
}
