package dev.slipway.store.artifact;

import dev.slipway.core.artifact.Digest;

/** An archive, or the part of it that has arrived. It is complete only once its content was verified. */
public record StoredArtifact(Digest digest, long size, long uploaded) {
    public boolean complete() {
        return uploaded == size;
    }
}
