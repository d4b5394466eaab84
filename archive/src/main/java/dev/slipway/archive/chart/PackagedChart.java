package dev.slipway.archive.chart;

import dev.slipway.archive.ArchiveLimits;
import dev.slipway.archive.ArchiveReader;
import dev.slipway.archive.ArchiveSink;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartLimits;
import dev.slipway.core.gitops.ChartYaml;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * A chart as {@code helm package} writes it: plain files in one folder.
 *
 * @param files by their paths in {@code folder}; {@code Chart.yaml} is among them
 */
public record PackagedChart(String folder, SortedMap<String, byte[]> files) {
    /** Fails with {@code UnsafeArchive}, {@code ArchiveTooLarge} or {@code InvalidChart}. */
    public static PackagedChart read(byte[] packed, ChartLimits limits) {
        if (packed.length > limits.packedBytes()) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE,
                    "The archive has more than " + limits.packedBytes()
                            + " bytes. Leave out what the chart does not need, by .helmignore.");
        }
        ArchiveReader reader = new ArchiveReader(new ArchiveLimits(
                limits.entries(),
                limits.depth(),
                limits.pathBytes(),
                limits.fileBytes(),
                limits.unpackedBytes(),
                limits.ratio(),
                limits.ratioFloor()));
        Files files = new Files();
        reader.read(new SeekableInMemoryByteChannel(packed), files);
        if (!files.byPath.containsKey(ChartYaml.FILE)) {
            throw new SlipwayException(
                    FailureType.INVALID_CHART,
                    "The archive has no Chart.yaml in its folder. Package the chart with \"helm package\".");
        }
        return new PackagedChart(files.paths.top(), files.byPath);
    }

    public byte[] chartYaml() {
        return Objects.requireNonNull(files.get(ChartYaml.FILE));
    }

    private static final class Files implements ArchiveSink {
        private final ChartPaths paths = new ChartPaths();
        private final SortedMap<String, byte[]> byPath = new TreeMap<>();

        @Override
        public void entry(String name) {
            paths.requirePlain(name);
        }

        @Override
        public void folder(String path) {
            paths.add(path, true);
        }

        @Override
        public OutputStream file(String path, int mode) {
            String inFolder = paths.add(path, false);
            return new ByteArrayOutputStream() {
                @Override
                public void close() {
                    byPath.put(inFolder, toByteArray());
                }
            };
        }

        @Override
        public void hardLink(String path, String existing) {
            throw ChartPaths.unsafe(path, "is a link");
        }

        @Override
        public void symbolicLink(String path, String target) {
            throw ChartPaths.unsafe(path, "is a link");
        }
    }
}
