package dev.slipway.api.gitops;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.deployment.DeploymentAnswer;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.OnFailure;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.store.gitops.GitOpsDeployment;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A GitOps deployment. {@code followToken} is only in the answer to whoever asked for it.
 *
 * @param commit of the source that the job ran for
 * @param iacCommit the one in the IaC repository that holds the chart, once it is pushed
 */
record GitOpsDeploymentView(
        DeploymentId id,

        @Schema(implementation = String.class, allowableValues = "gitops")
        DeploymentKind kind,

        GitOpsStatus status,
        Phase phase,
        boolean waiting,
        String project,
        String environment,
        String chart,
        String version,
        String digest,
        String branch,
        @Nullable String commit,
        Job job,
        String iacRepository,
        String path,
        @Nullable String iacCommit,
        Reconciler reconciler,
        OnFailure onFailure,
        @Nullable DeploymentId rollbackOf,
        Actor actor,
        String reason,
        @Nullable String error,
        @Nullable FailureType errorType,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        Links links,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String followToken)
        implements DeploymentAnswer {
    record Links(String self, String events) {}

    static GitOpsDeploymentView of(GitOpsDeployment deployment) {
        EnvironmentId environment = deployment.plan().environment();
        GitOpsGround ground = deployment.plan().ground();
        Failure failure = deployment.failure();
        String self = "/api/deployments/" + deployment.id();
        return new GitOpsDeploymentView(
                deployment.id(),
                DeploymentKind.GITOPS,
                deployment.status(),
                deployment.phase(),
                false,
                environment.project(),
                environment.toString(),
                deployment.chart().chart(),
                deployment.chart().version(),
                deployment.chart().digest().value(),
                deployment.job().branch(),
                deployment.job().commit(),
                deployment.job(),
                ground.iacRepository(),
                ground.path(),
                deployment.iacCommit(),
                ground.reconciler(),
                ground.onFailure(),
                deployment.rollbackOf(),
                deployment.actor(),
                deployment.message().toString(),
                failure == null ? null : failure.message(),
                failure == null ? null : failure.type(),
                deployment.createdAt(),
                deployment.startedAt(),
                deployment.endedAt(),
                new Links(self, self + "/events"),
                null);
    }
}
