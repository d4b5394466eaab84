package dev.slipway.store.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.TaskStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the task of one target has come to. */
public record DeploymentTask(
        String target,
        String node,
        String component,
        Digest digest,
        TaskStatus status,
        int attempt,
        @Nullable Digest previousDigest,
        @Nullable Failure failure,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {}
