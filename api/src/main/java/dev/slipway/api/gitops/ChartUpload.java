package dev.slipway.api.gitops;

import dev.slipway.api.artifact.ArchiveCheck;
import dev.slipway.api.manifest.Document;
import dev.slipway.api.manifest.DocumentParser;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.core.gitops.ChartLimits;
import dev.slipway.core.gitops.ChartYaml;
import dev.slipway.core.input.Names;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Whether what a CI job hands in is a chart that anybody should unpack, and which one it is. */
@Component
class ChartUpload {
    private final ChartLimits limits;
    private final ArchiveCheck check;

    ChartUpload() {
        this(ChartLimits.DEFAULT);
    }

    ChartUpload(ChartLimits limits) {
        this.limits = limits;
        this.check = new ArchiveCheck(limits.unpackedBytes());
    }

    /** Fails with {@code UnsafeArchive}, {@code ArchiveTooLarge} or {@code InvalidChart}. */
    ChartIdentity identity(byte[] chart) {
        if (chart.length > limits.packedBytes()) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE,
                    "The chart has " + chart.length + " bytes; the most that is taken is " + limits.packedBytes());
        }
        ChartEntries entries = new ChartEntries(limits);
        byte[] yaml = contents(chart, entries).get(entries.chartYaml());
        if (yaml == null) {
            throw new SlipwayException(
                    FailureType.INVALID_CHART,
                    "The archive is no chart: there is no Chart.yaml in its folder; package it with \"helm package\"");
        }
        return ChartYaml.identity(entries.folder(), fields(yaml));
    }

    private Map<String, byte[]> contents(byte[] chart, ChartEntries entries) {
        try {
            return check.requireSafe(new ByteArrayInputStream(chart), entries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
