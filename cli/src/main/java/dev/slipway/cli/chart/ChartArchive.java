package dev.slipway.cli.chart;

import dev.slipway.archive.chart.PackagedChart;
import dev.slipway.cli.command.CommandException;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.core.gitops.ChartLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A chart as it is sent. The same files make the same bytes, wherever and whenever they are packed. */
@SuppressWarnings("ArrayRecordComponent")
public record ChartArchive(ChartIdentity identity, byte[] bytes, int files) {
    // All of it is held in memory, more than once; and charts end up in a Git repository.
    private static final int LARGEST = 10 << 20;
    private static final String TOO_LARGE = "exclude files that do not belong to the chart in .helmignore";
    private static final int MODE = 0100644;

    /** Packs a folder, or takes an archive as it is. */
    public static ChartArchive of(Path chart) {
        try {
            return Files.isDirectory(chart) ? pack(chart) : read(chart);
        } catch (IOException e) {
            throw CommandException.failed("cannot read " + chart + ": " + e.getMessage(), null);
        }
    }

    public Digest digest() {
        return Digest.of(bytes);
    }

    private static ChartArchive pack(Path folder) throws IOException {
        Path file = folder.resolve(ChartYaml.FILE);
        if (!Files.isRegularFile(file)) {
            throw CommandException.failed("no " + file, "a chart has one; give the folder of the chart");
        }
        ChartIdentity identity = ChartYaml.parse(file.toString(), bounded(file, ChartYaml.LARGEST));
        SortedMap<String, Path> files = ChartFiles.of(folder);
        if (!files.containsKey(ChartYaml.FILE)) {
            throw CommandException.failed(folder.resolve(HelmIgnore.FILE) + " excludes Chart.yaml", null);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(bytes), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setAddPaxHeadersForNonAsciiNames(true);
            for (Map.Entry<String, Path> entry : files.entrySet()) {
                add(tar, identity.name() + "/" + entry.getKey(), bounded(entry.getValue(), LARGEST));
                requireFit(folder, bytes.size());
            }
        }
        requireFit(folder, bytes.size());
        return new ChartArchive(identity, bytes.toByteArray(), files.size());
    }

    private static void add(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(MODE);
        entry.setModTime(0);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static ChartArchive read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CommandException.failed("no such chart: " + file, null);
        }
        requireFit(file, Files.size(file));
        byte[] bytes = bounded(file, LARGEST);
        try {
            PackagedChart packaged = PackagedChart.read(bytes, ChartLimits.DEFAULT);
            String source = file + ", " + packaged.folder() + "/" + ChartYaml.FILE;
            return new ChartArchive(
                    ChartYaml.parse(source, packaged.chartYaml()),
                    bytes,
                    packaged.files().size());
        } catch (SlipwayException e) {
            throw CommandException.failed(file + ": " + e.getMessage(), null);
        }
    }

    private static byte[] bounded(Path file, int largest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] content = in.readNBytes(largest + 1);
            if (content.length > largest) {
                throw CommandException.failed(file + " is larger than " + (largest >> 20) + " MiB", TOO_LARGE);
            }
            return content;
        }
    }

    private static void requireFit(Path chart, long size) {
        if (size > LARGEST) {
            throw CommandException.failed(chart + " is larger than " + (LARGEST >> 20) + " MiB, packed", TOO_LARGE);
        }
    }
}
