package dev.slipway.store.artifact;

import dev.slipway.core.artifact.ArtifactSource;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.InputStream;
import org.springframework.stereotype.Repository;

/** The archives that have arrived whole. */
@Repository
class StoredArtifacts implements ArtifactSource {
    private final ArtifactStore artifacts;

    StoredArtifacts(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    @Override
    public InputStream open(Digest digest) {
        StoredArtifact artifact = artifacts
                .find(digest)
                .filter(StoredArtifact::complete)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.ARTIFACT_UNAVAILABLE, "The archive " + digest + " is not in the artifact store"));
        return artifacts.open(digest, 0, artifact.size());
    }
}
