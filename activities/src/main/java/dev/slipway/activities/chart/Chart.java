package dev.slipway.activities.chart;

import dev.slipway.archive.chart.PackagedChart;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.core.gitops.ChartLimits;
import dev.slipway.core.gitops.ChartYaml;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A Helm chart in memory. */
public final class Chart {
    private static final String VALUES = "values.yaml";
    private static final String VERSION = "version";
    private static final String APP_VERSION = "appVersion";

    private final ChartIdentity identity;
    private final SortedMap<String, byte[]> files;
    private final ChartLimits limits;

    private Chart(String folder, SortedMap<String, byte[]> files, ChartLimits limits) {
        this.files = Collections.unmodifiableSortedMap(files);
        this.limits = limits;
        this.identity = ChartYaml.identity(folder, yaml(ChartYaml.FILE).texts());
    }

    /**
     * Reads a chart as {@code helm package} writes it, and fails with {@code UnsafeArchive}, {@code ArchiveTooLarge} or
     * {@code InvalidChart}. An {@link IOException} is one of {@code archive} itself.
     */
    public static Chart read(InputStream archive, ChartLimits limits) throws IOException {
        // As a whole, before it is unpacked: what fails from here on is the archive's fault and not the network's.
        PackagedChart packaged = PackagedChart.read(archive.readNBytes(limits.packedBytes() + 1), limits);
        return new Chart(packaged.folder(), packaged.files(), limits);
    }

    public ChartIdentity identity() {
        return identity;
    }

    /** What is in the chart's folder, by its path there. */
    public SortedMap<String, byte[]> files() {
        return files;
    }

    /**
     * This chart with another {@code version} and {@code appVersion}, and with {@code values} set in {@code values.yaml},
     * by path with dots. Everything else in the two files stays as it is written. Fails with {@code InvalidChart} where a
     * value cannot be set.
     */
    public Chart with(String version, Map<String, String> values) {
        ChartIdentity.requireVersion(VERSION, version);
        SortedMap<String, byte[]> changed = new TreeMap<>(files);
        YamlFile chart = yaml(ChartYaml.FILE).with(VERSION, version);
        chart = chart.has(APP_VERSION)
                ? chart.with(APP_VERSION, version)
                : chart.withBehind(VERSION, APP_VERSION, version);
        changed.put(ChartYaml.FILE, chart.bytes());
        if (!values.isEmpty()) {
            YamlFile edited = yaml(VALUES);
            for (Map.Entry<String, String> value : values.entrySet()) {
                edited = edited.with(value.getKey(), value.getValue());
            }
            changed.put(VALUES, edited.bytes());
        }
        return new Chart(identity.name(), changed, limits);
    }

    private YamlFile yaml(String file) {
        byte[] content = files.getOrDefault(file, new byte[0]);
        if (content.length > limits.yamlBytes()) {
            throw new SlipwayException(
                    FailureType.INVALID_CHART,
                    file + " has " + content.length + " bytes; the limit is " + limits.yamlBytes());
        }
        return YamlFile.read(file, content);
    }
}
