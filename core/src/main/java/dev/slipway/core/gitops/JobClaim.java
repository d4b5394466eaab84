package dev.slipway.core.gitops;

import org.jspecify.annotations.Nullable;

/**
 * What a CI job says of itself. {@code token} is its proof: a GitLab job token, or an OIDC token. {@code jobId} is null
 * where the provider's jobs have none that could be checked.
 */
public record JobClaim(RepositoryUrl repository, @Nullable String jobId, String token) {
    @Override
    public String toString() {
        return "JobClaim[" + repository + ", " + jobId + ", ***]";
    }
}
