package dev.slipway.workflows.release;

import dev.slipway.core.release.DeploymentStatus;

/** What a deployment had come to when it continued as new. */
public record Progress(DeploymentStatus status, long epoch, int steps, int next) {}
