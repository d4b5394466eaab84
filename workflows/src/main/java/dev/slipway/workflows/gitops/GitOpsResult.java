package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.message.Message;
import org.jspecify.annotations.Nullable;

/** How a deployment ended. */
public record GitOpsResult(GitOpsStatus status, @Nullable String commit, Message message) {}
