package dev.slipway.store.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.kind.DeploymentKind;

/**
 * A deployment of whichever kind.
 *
 * @param environment its id
 * @param begun whether its workflow has told anything
 */
public record DeploymentEntry(DeploymentId id, DeploymentKind kind, String environment, boolean begun, boolean ended) {}
