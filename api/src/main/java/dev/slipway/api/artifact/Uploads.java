package dev.slipway.api.artifact;

import dev.slipway.api.ApiProperties;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.artifact.StoredArtifact;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.stereotype.Service;

/** Takes archives in, a chunk at a time. Each chunk is committed, so that an upload that breaks goes on from there. */
@Service
class Uploads {
    private final ArtifactStore artifacts;
    private final ArchiveCheck check;
    private final long largest;

    Uploads(ArtifactStore artifacts, ApiProperties properties) {
        this.artifacts = artifacts;
        this.largest = properties.artifacts().largest().toBytes();
        this.check = new ArchiveCheck(properties.artifacts().largestUnpacked().toBytes());
    }

    /** Adds what {@code body} holds behind the first {@code offset} bytes. Returns how many have arrived now. */
    long add(Digest digest, long offset, long length, InputStream body) throws IOException {
        if (length > largest) {
            throw new SlipwayException(
                    FailureType.ARCHIVE_TOO_LARGE, "The archive has " + length + " bytes; the limit is " + largest);
        }
        StoredArtifact upload = artifacts.begin(digest, length);
        if (upload.size() != length) {
            throw new UnprocessableException(
                    ArtifactController.LENGTH,
                    ArtifactController.LENGTH + ": " + length
                            + " differs from the length that the upload was started with, " + upload.size());
        }
        if (upload.uploaded() != offset) {
            throw new OffsetException(upload.uploaded());
        }
        long arrived = offset;
        while (arrived < length) {
            byte[] chunk = body.readNBytes((int) Math.min(ArtifactStore.CHUNK, length - arrived));
            if (chunk.length == 0) {
                return arrived;
            }
            if (arrived + chunk.length == length) {
                verify(digest, arrived, chunk);
            }
            if (!artifacts.append(digest, arrived, chunk)) {
                throw new OffsetException(
                        artifacts.find(digest).map(StoredArtifact::uploaded).orElse(0L));
            }
            arrived += chunk.length;
        }
        if (body.read() >= 0) {
            throw new UnprocessableException(
                    ArtifactController.LENGTH,
                    ArtifactController.LENGTH + ": is " + length + ", but the body is longer");
        }
        return arrived;
    }

    // Before the last chunk is committed: what is complete is verified, also if this process dies in between. Somebody
    // who uploads the same may come to the end meanwhile: neither is that read, nor must it be dropped.
    private void verify(Digest digest, long arrived, byte[] last) throws IOException {
        try (UploadChannel whole = new UploadChannel(artifacts, digest, arrived, last)) {
            check.require(digest, whole);
        } catch (SlipwayException e) {
            artifacts.drop(digest, arrived);
            throw e;
        }
    }
}
