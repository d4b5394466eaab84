package dev.slipway.api.gitops;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.StoredArtifact;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.springframework.stereotype.Component;
import org.springframework.web.multipart.MultipartFile;

/** Checks charts that were handed in, and keeps them by their digests. */
@Component
class ChartStorage {
    private final ArtifactStore artifacts;
    private final ChartUpload upload;

    ChartStorage(ArtifactStore artifacts, ChartUpload upload) {
        this.artifacts = artifacts;
        this.upload = upload;
    }

    /** The chart that was sent. Only whoever has proved who they are may fill memory with one. */
    byte[] read(MultipartFile file) {
        try {
            return file.getBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Name and version of what is in the chart; fails where nobody should unpack it. */
    ChartIdentity check(byte[] chart) {
        return upload.identity(chart);
    }

    Digest digest(byte[] chart) {
        return Digest.of(chart);
    }

    /** Keeps a chart that was checked. Doing it twice, or two at once, does no more. */
    void store(Digest digest, byte[] chart) {
        long offset = artifacts.begin(digest, chart.length).uploaded();
        while (offset < chart.length) {
            int end = (int) Math.min(chart.length, offset + ArtifactStore.CHUNK);
            if (!artifacts.append(digest, offset, Arrays.copyOfRange(chart, (int) offset, end))) {
                end = (int) artifacts
                        .find(digest)
                        .map(StoredArtifact::uploaded)
                        .orElse(0L)
                        .longValue();
                if (end <= offset) {
                    throw new SlipwayException(
                            FailureType.ARTIFACT_UNAVAILABLE, "The chart could not be stored; send it again");
                }
            }
            offset = end;
        }
    }
}
