package dev.slipway.api.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.api.deployment.DeploymentAnswer;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.fleet.EnvironmentId;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentTask;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A deployment. Lists leave its tasks out. */
@Schema(name = "ReleaseDeployment")
record DeploymentView(
        DeploymentId id,

        @Schema(implementation = String.class, allowableValues = "release")
        DeploymentKind kind,

        DeploymentStatus status,
        Phase phase,
        boolean waiting,
        ReleaseReference release,
        String project,
        String environment,
        String strategy,
        @Nullable String batch,
        OnFailure onFailure,
        boolean force,
        @Nullable DeploymentId rollbackOf,
        Actor actor,
        String reason,
        @Nullable String error,
        @Nullable FailureType errorType,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        int targets,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<TaskView> tasks)
        implements DeploymentAnswer {
    static DeploymentView of(Deployment deployment, List<DeploymentTask> tasks) {
        return of(deployment, tasks.stream().map(TaskView::of).toList(), deployment.failure());
    }

    static DeploymentView withoutTasks(Deployment deployment) {
        return of(deployment, null, deployment.failure());
    }

    private static DeploymentView of(Deployment deployment, @Nullable List<TaskView> tasks, @Nullable Failure failure) {
        return new DeploymentView(
                deployment.id(),
                DeploymentKind.RELEASE,
                deployment.status(),
                deployment.phase(),
                deployment.waiting(),
                deployment.release(),
                EnvironmentId.projectOf(deployment.environment()),
                deployment.environment(),
                StrategyRequest.name(deployment.strategy()),
                deployment.strategy() instanceof Strategy.Rolling rolling
                        ? rolling.batch().toString()
                        : null,
                deployment.onFailure(),
                deployment.force(),
                deployment.rollbackOf(),
                deployment.actor(),
                deployment.message().toString(),
                failure == null ? null : failure.message(),
                failure == null ? null : failure.type(),
                deployment.createdAt(),
                deployment.startedAt(),
                deployment.endedAt(),
                deployment.targets(),
                tasks);
    }
}
