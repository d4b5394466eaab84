package dev.slipway.api.gitops;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.JobVerifier;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.gitops.TokenUse;
import dev.slipway.core.gitops.UsedTokens;
import dev.slipway.core.gitops.VerifiedJob;
import dev.slipway.core.project.Project;
import dev.slipway.store.gitops.GitOpsResources;
import dev.slipway.store.gitops.ResourceKind;
import dev.slipway.store.project.ProjectStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Proves that a request comes from a CI job that runs now, in the repository of a project. */
@Component
class JobProof {
    private static final Logger log = LoggerFactory.getLogger(JobProof.class);

    private final JobVerifier jobs;
    private final ProjectStore projects;
    private final GitOpsResources resources;
    private final UsedTokens usedTokens;

    JobProof(JobVerifier jobs, ProjectStore projects, GitOpsResources resources, UsedTokens usedTokens) {
        this.jobs = jobs;
        this.projects = projects;
        this.resources = resources;
        this.usedTokens = usedTokens;
    }

    /** The job of {@code claim}, and its project. Fails with the same {@code Unauthenticated} whatever is not proven. */
    Proven prove(JobClaim claim) {
        Project project = projects.ofRepository(claim.repository())
                .orElseThrow(() -> unproven(claim.repository(), "no project has this repository"));
        return new Proven(project, verified(project, claim));
    }

    private VerifiedJob verified(Project project, JobClaim claim) {
        GitProvider provider = resources
                .find(ResourceKind.GIT_PROVIDER, String.valueOf(project.provider()))
                .orElseThrow(() -> unproven(
                        claim.repository(),
                        "project \"" + project.name() + "\" names Git provider \"" + project.provider()
                                + "\", which is not declared"));
        try {
            return jobs.verify(provider, claim);
        } catch (SlipwayException e) {
            throw e.type() == FailureType.UNAUTHENTICATED
                    ? unproven(claim.repository(), String.valueOf(e.getMessage()))
                    : e;
        }
    }

    /** Whoever has proved nothing is not told which repositories are known here; the reason is in the log. */
    private static SlipwayException unproven(RepositoryUrl repository, String reason) {
        log.info("POST /api/deploy for {} was rejected: {}", repository, reason);
        return new SlipwayException(
                FailureType.UNAUTHENTICATED,
                "Could not verify that the job token is that of a job of " + repository
                        + ". Send the token of the running job, and check that a project has this repository"
                        + " (slipway get projects); the server's log has the reason");
    }

    /** A token that asks for one deployment asks for no other. Within the transaction that accepts it. */
    void use(Proven proven) {
        TokenUse use = proven.verified().tokenUse();
        if (use != null && !usedTokens.firstUse(use.id(), use.expiry())) {
            throw new SlipwayException(
                    FailureType.UNAUTHENTICATED,
                    "The job's token was already used for another request. Request a new one in the job");
        }
    }

    record Proven(Project project, VerifiedJob verified) {
        Job job() {
            return verified.job();
        }
    }
}
