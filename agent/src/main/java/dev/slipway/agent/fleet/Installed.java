package dev.slipway.agent.fleet;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Fence;
import org.jspecify.annotations.Nullable;

/**
 * What is really there at a place. {@code digest} is null where nothing is installed; {@code revision} is the id of its
 * record, null where the agent did not install it; {@code origin} is the step that did. {@code detail} says in words
 * whether it runs.
 */
public record Installed(
        @Nullable Digest digest,
        @Nullable String revision,
        @Nullable Origin origin,
        boolean running,
        String detail) {
    public static final Installed NOTHING = new Installed(null, null, null, false, "none");

    /** The step that started something. */
    public record Origin(DeploymentId deployment, Fence fence) {}
}
