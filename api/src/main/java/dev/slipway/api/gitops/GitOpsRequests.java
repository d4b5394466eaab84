package dev.slipway.api.gitops;

import dev.slipway.api.deployment.DeploymentIds;
import dev.slipway.api.deployment.DeploymentIntake;
import dev.slipway.api.deployment.RequestKey;
import dev.slipway.api.gitops.DeployController.ChartRequest;
import dev.slipway.api.gitops.JobProof.Proven;
import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.api.temporal.TemporalCalls;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.BranchPattern;
import dev.slipway.core.gitops.ChartIdentity;
import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.project.Environment;
import dev.slipway.core.project.Project;
import dev.slipway.store.deployment.Acceptance.Written;
import dev.slipway.store.deployment.IdempotencyKey;
import dev.slipway.store.deployment.IdempotencyKeys.Answer;
import dev.slipway.store.fleet.EnvironmentStore;
import dev.slipway.store.gitops.GitOpsDeployment;
import dev.slipway.store.gitops.GitOpsDeploymentStore;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.NewGitOpsDeployment;
import dev.slipway.store.gitops.ResourceKind;
import dev.slipway.workflows.gitops.GitOpsInput;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/** Takes GitOps deployments in: who asks is verified first, then the row is committed, then the workflow is started. */
@Service
class GitOpsRequests {
    private final TemporalCalls temporal;
    private final JobProof proof;
    private final EnvironmentStore environments;
    private final GitOpsResources resources;
    private final GitOpsDeploymentStore deployments;
    private final DeploymentIntake intake;
    private final ChartStorage charts;
    private final JsonMapper json;

    GitOpsRequests(
            TemporalCalls temporal,
            JobProof proof,
            EnvironmentStore environments,
            GitOpsResources resources,
            GitOpsDeploymentStore deployments,
            DeploymentIntake intake,
            ChartStorage charts,
            JsonMapper json) {
        this.temporal = temporal;
        this.proof = proof;
        this.environments = environments;
        this.resources = resources;
        this.deployments = deployments;
        this.intake = intake;
        this.charts = charts;
        this.json = json;
    }

    Answer deploy(ChartRequest request, @Nullable String key) {
        temporal.requireReachable();
        RepositoryUrl repository = read(() -> RepositoryUrl.parse("repoUrl", request.repoUrl()));
        read(() -> ChartIdentity.requireVersion("version", request.version()));
        Proven proven = proof.prove(new JobClaim(repository, request.jobId(), request.jobToken()));
        Job job = proven.job();
        Environment environment = environment(proven.project(), job.branch());
        byte[] chart = charts.read(request.chart());
        ChartIdentity identity = charts.check(chart);
        Digest digest = charts.digest(chart);
        IdempotencyKey known = RequestKey.of(
                "a job of " + repository.identity(),
                key,
                "POST /api/deploy " + repository + " " + request.jobId() + " " + request.version() + " " + digest);
        GitOpsPlan plan = plan(environment, request.version(), job);
        charts.store(digest, chart);
        NewGitOpsDeployment asked = new NewGitOpsDeployment(
                DeploymentIds.next(),
                plan,
                new ChartVersion(identity.name(), request.version(), digest),
                job,
                null,
                DeploymentMessage.ACCEPTED.with(),
                job.actor() == null ? Actor.OPERATOR : new Actor(job.actor()));
        return intake.accept(known, () -> {
            proof.use(proven);
            return write(asked);
        });
    }

    /** Pushes the chart again that was deployed before {@code ended}, as it was declared then. */
    Answer rollBack(GitOpsDeployment ended, @Nullable String reason, @Nullable IdempotencyKey key) {
        temporal.requireReachable();
        return intake.accept(key, () -> write(rollback(ended, reason)));
    }

    private NewGitOpsDeployment rollback(GitOpsDeployment ended, @Nullable String reason) {
        GitOpsDeployment before = deployments
                .latestDeployedOther(ended)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.NO_ROLLBACK_TARGET,
                        "No other version than %s was ever deployed to %s, so no rollback is possible"
                                .formatted(ended.chart(), ended.plan().environment())));
        return new NewGitOpsDeployment(
                DeploymentIds.next(),
                before.plan(),
                before.chart(),
                before.job(),
                ended.id(),
                DeploymentMessage.ROLLBACK_ACCEPTED.with(
                        "deployment", ended.id(), "subject", before.chart(), "reason", reason),
                Actor.OPERATOR);
    }

    private Written write(NewGitOpsDeployment asked) {
        GitOpsDeployment deployment = deployments.insert(asked);
        return new Written(
                deployment.id(),
                input(deployment).start().json(),
                json.writeValueAsString(GitOpsDeploymentView.of(deployment)));
    }

    private static GitOpsInput input(GitOpsDeployment deployment) {
        return new GitOpsInput(
                deployment.id(),
                deployment.plan(),
                deployment.chart(),
                deployment.job(),
                deployment.plan().concurrency(),
                deployment.rollbackOf(),
                deployment.actor(),
                null);
    }

    // The form is well made; what it says is not to be done.
    private static <T> T read(Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidInputException e) {
            throw new UnprocessableException(e.field(), String.valueOf(e.getMessage()));
        }
    }

    private Environment environment(Project project, String branch) {
        List<Environment> declared = environments.withGitOps(project.name());
        return declared.stream()
                .filter(environment -> ground(environment).branch().matches(branch))
                .min(Comparator.comparing(environment -> ground(environment).branch(), BranchPattern.BY_PRECISION))
                .orElseThrow(() -> new SlipwayException(
                        FailureType.NO_MATCHING_ENVIRONMENT,
                        "No environment of project \"" + project.name() + "\" takes branch \"" + branch + "\"; "
                                + (declared.isEmpty()
                                        ? "it has none"
                                        : declared.stream()
                                                .map(e -> "\"" + e.name() + "\" takes "
                                                        + ground(e).branch())
                                                .collect(Collectors.joining(", ")))));
    }

    private static GitOpsGround ground(Environment environment) {
        return Objects.requireNonNull(environment.gitops());
    }

    private GitOpsPlan plan(Environment environment, String version, Job job) {
        GitOpsGround ground = ground(environment);
        return GitOpsPlan.of(
                environment.id(),
                environment.concurrency(),
                ground,
                resources
                        .find(ResourceKind.IAC_REPOSITORY, ground.iacRepository())
                        .orElseThrow(),
                ground.cluster() == null
                        ? null
                        : resources.find(ResourceKind.CLUSTER, ground.cluster()).orElseThrow(),
                version,
                job);
    }
}
