package dev.slipway.workflows.release;

import dev.slipway.core.release.DeploymentStatus;

/** How a deployment ended, and why. */
public record DeploymentResult(DeploymentStatus status, String reason) {}
