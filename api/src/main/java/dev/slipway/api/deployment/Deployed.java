package dev.slipway.api.deployment;

import dev.slipway.core.deployment.DeploymentId;

/** A deployment that an order is for. {@code start} starts its workflow, unless it was started before. */
record Deployed(DeploymentId id, boolean ended, Runnable start) {}
