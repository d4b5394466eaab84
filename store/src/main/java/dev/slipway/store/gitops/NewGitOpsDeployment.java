package dev.slipway.store.gitops;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.message.Message;
import org.jspecify.annotations.Nullable;

/** A deployment that is asked for. {@code message} is what its first event says, {@code actor} who asks. */
public record NewGitOpsDeployment(
        DeploymentId id,
        GitOpsPlan plan,
        ChartVersion chart,
        Job job,
        @Nullable DeploymentId rollbackOf,
        Message message,
        Actor actor) {}
