package dev.slipway.core.gitops;

/**
 * What a packaged chart may come to. A ratio is suspicious only from {@code ratioFloor} unpacked bytes on: a tar of a
 * few small files is mostly padding.
 *
 * @param packedBytes of the archive
 * @param unpackedBytes of all that is in it, with the headers of the tar
 * @param ratio how many times its size an archive may unpack to
 * @param depth of folders, with the one of the chart
 * @param pathBytes of an entry's path, in UTF-8
 * @param fileBytes of one file
 * @param yamlBytes of {@code Chart.yaml} and of {@code values.yaml}
 */
public record ChartLimits(
        int packedBytes,
        int unpackedBytes,
        int ratio,
        int ratioFloor,
        int entries,
        int depth,
        int pathBytes,
        int fileBytes,
        int yamlBytes) {
    /** Helm takes 5 MiB for a file; and a release that Kubernetes stores has 1 MiB packed, so that this is plenty. */
    public static final ChartLimits DEFAULT =
            new ChartLimits(16 << 20, 32 << 20, 100, 10 << 20, 10_000, 32, 1_024, 5 << 20, 1 << 20);
}
