package dev.slipway.store.release;

import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.DeploymentStatus;
import org.jspecify.annotations.Nullable;

/** Which deployments to list: all where a part is null. {@code before}: only those that are older than this one. */
public record DeploymentFilter(
        @Nullable String environment,
        @Nullable DeploymentStatus status,
        @Nullable DeploymentId before,
        int limit) {}
