package dev.slipway.core.release;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.input.Names;

/** One named part of a release. */
public record Component(String name, Artifact artifact) {
    public Component {
        Names.requireName("component", name);
    }
}
