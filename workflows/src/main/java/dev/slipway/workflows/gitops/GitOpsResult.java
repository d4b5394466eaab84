package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.GitOpsStatus;
import org.jspecify.annotations.Nullable;

/** How it came out. */
public record GitOpsResult(GitOpsStatus status, @Nullable String commit, String reason) {}
