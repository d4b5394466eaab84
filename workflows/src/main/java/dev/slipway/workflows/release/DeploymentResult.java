package dev.slipway.workflows.release;

import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;

/** How a deployment ended. */
public record DeploymentResult(DeploymentStatus status, Message message) {}
