package dev.slipway.api.gitops;

import dev.slipway.api.manifest.Document;
import dev.slipway.api.manifest.DocumentParser;
import dev.slipway.archive.chart.PackagedChart;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.core.gitops.ChartLimits;
import dev.slipway.core.gitops.ChartYaml;
import dev.slipway.core.input.Names;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether what a CI job hands in is a chart that anybody should unpack, and which one it is. */
@Component
class ChartUpload {
    private final ChartLimits limits;

    ChartUpload() {
        this(ChartLimits.DEFAULT);
    }

    ChartUpload(ChartLimits limits) {
        this.limits = limits;
    }

    /** Fails with {@code UnsafeArchive}, {@code ArchiveTooLarge} or {@code InvalidChart}. */
    ChartIdentity identity(byte[] chart) {
        PackagedChart packaged = PackagedChart.read(chart, limits);
        byte[] yaml = packaged.chartYaml();
        if (yaml.length > limits.yamlBytes()) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE,
                    ChartYaml.FILE + " has " + yaml.length + " bytes; the limit is " + limits.yamlBytes());
        }
        return ChartYaml.identity(packaged.folder(), fields(yaml));
    }

    private static Map<?, ?> fields(byte[] yaml) {
        List<Object> documents = documents(yaml);
        if (documents.size() != 1 || !(documents.getFirst() instanceof Map<?, ?> fields)) {
            throw invalid("must be one mapping of fields");
        }
        return fields;
    }

    private static List<Object> documents(byte[] yaml) {
        try {
            return DocumentParser.yaml(yaml).stream().map(Document::content).toList();
        } catch (InvalidInputException e) {
            throw invalid(Names.shown(e.problem()));
        }
    }

    private static SlipwayException invalid(String problem) {
        return new SlipwayException(FailureType.INVALID_CHART, ChartYaml.FILE + ": " + problem);
    }
}
