package dev.slipway.workflows.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.DeploymentStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deployment as its workflow knows it. {@code begun}: how many targets were begun; {@code failed}: those that wait for a person. */
public record DeploymentState(
        DeploymentStatus status, boolean waiting, @Nullable Failure failure, int begun, List<String> failed) {}
