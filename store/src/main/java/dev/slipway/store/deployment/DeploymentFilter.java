package dev.slipway.store.deployment;

import dev.slipway.core.deployment.DeploymentId;
import org.jspecify.annotations.Nullable;

/**
 * Which deployments to list: all where a part is null. {@code environment} is its id;
 * {@code before}: only those that are older than this one.
 */
public record DeploymentFilter(
        @Nullable String project,
        @Nullable String environment,
        @Nullable String status,
        @Nullable DeploymentId before,
        int limit) {}
