package dev.slipway.core.release;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.fleet.TargetReference;

/** A {@link PlannedTask} as a workflow carries it, without what the target declares. */
public record TaskReference(int index, TargetReference target, Artifact artifact) {}
