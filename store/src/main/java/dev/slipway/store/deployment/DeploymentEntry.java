package dev.slipway.store.deployment;

import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.release.DeploymentId;

/**
 * A deployment of whichever kind.
 *
 * @param begun whether its workflow has told anything
 */
public record DeploymentEntry(DeploymentId id, DeploymentKind kind, boolean begun, boolean ended) {}
