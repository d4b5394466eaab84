package dev.slipway.api.deployment;

import io.swagger.v3.oas.annotations.media.Schema;

/** A deployment as its feature shows it. The field {@code kind} tells which feature that is. */
@Schema(name = "Deployment")
public interface DeploymentAnswer {}
