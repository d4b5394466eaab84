package dev.slipway.workflows.gitops;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.workflows.deployment.DeploymentStart;
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
        Concurrency concurrency,
        @Nullable DeploymentId rollbackOf,
        Actor actor,
        @Nullable Monitoring monitoring) {
    /**
     * The commit that is awaited, and what was reported of it last.
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

    /** How the workflow is started. */
    public DeploymentStart start() {
        return new DeploymentStart(
                deployment,
                DeploymentKind.GITOPS,
                GitOpsDeploymentWorkflow.TYPE,
                environment(),
                "Deploy " + chart + " to " + environment(),
                this);
    }

    GitOpsInput monitoring(Monitoring made) {
        return new GitOpsInput(deployment, plan, chart, job, concurrency, rollbackOf, actor, made);
    }

    String environment() {
        return plan.environment().toString();
    }
}
