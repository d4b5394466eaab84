package dev.slipway.core.release;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.fleet.Target;

/** One target, as it was declared when the deployment was accepted, and the artifact that it is to run. {@code index} counts from 0. */
public record PlannedTask(int index, Target target, Artifact artifact) {
    /** Attempts of one task, the first included, as long as its failures may pass by themselves. */
    public static final int MAX_ATTEMPTS = 3;
}
