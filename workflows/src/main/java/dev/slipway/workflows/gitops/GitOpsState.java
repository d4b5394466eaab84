package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.GitOpsStatus;
import org.jspecify.annotations.Nullable;

/** Where it stands. */
public record GitOpsState(
        GitOpsStatus status,
        @Nullable String commit,
        @Nullable Failure failure) {}
