package dev.slipway.api.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.store.release.DeploymentTask;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

record TaskView(
        String target,
        String node,
        String component,
        TaskStatus status,
        int attempt,
        int maxAttempts,
        Digest digest,
        @Nullable Digest previousDigest,
        @Nullable String error,
        @Nullable FailureType errorType,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {
    static TaskView of(DeploymentTask task) {
        Failure failure = task.failure();
        return new TaskView(
                task.target(),
                task.node(),
                task.component(),
                task.status(),
                task.attempt(),
                PlannedTask.MAX_ATTEMPTS,
                task.digest(),
                task.previousDigest(),
                failure == null ? null : failure.message(),
                failure == null ? null : failure.type(),
                task.startedAt(),
                task.endedAt());
    }
}
