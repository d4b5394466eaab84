package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.release.DeploymentId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment starts from. {@code monitoring} is null at first, and what it had come to after a continue-as-new,
 * which it only does while it watches.
 */
public record GitOpsInput(
        DeploymentId deployment,
        GitOpsPlan plan,
        ChartVersion chart,
        Job job,
        @Nullable DeploymentId rollbackOf,
        @Nullable Monitoring monitoring) {
    /**
     * The commit that is awaited, and what was told of it last.
     *
     * @param ours whether this deployment made it
     * @param since when the try began that made it
     * @param pushedAt when it was known to be pushed; the timeout counts from then
     */
    public record Monitoring(
            String commit,
            boolean ours,
            Instant since,
            Instant pushedAt,
            @Nullable String seen) {}

    GitOpsInput monitoring(Monitoring made) {
        return new GitOpsInput(deployment, plan, chart, job, rollbackOf, made);
    }

    String environment() {
        return plan.environment().app() + "/" + plan.environment().name();
    }
}
