package dev.slipway.core.gitops;

import dev.slipway.core.artifact.Digest;

/** A packaged chart, and the version that it is deployed as: {@code version} takes the place of the one in it. */
public record ChartVersion(String chart, String version, Digest digest) {
    public ChartVersion {
        ChartIdentity.requireVersion("version", version);
    }

    @Override
    public String toString() {
        return chart + " " + version;
    }
}
