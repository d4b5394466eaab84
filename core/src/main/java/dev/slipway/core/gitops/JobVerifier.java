package dev.slipway.core.gitops;

/** Asks a Git provider whether a CI job is what it says it is. */
public interface JobVerifier {
    /**
     * The job, if it runs right now in the repository that it names. Fails with {@code Unauthenticated} for a token that
     * is no proof, with {@code Forbidden} where it proves something else (another repository, a fork, a job that has
     * ended), and with {@code ProviderUnavailable} where nobody can tell.
     *
     * <p>It marks nothing: the caller hands {@link VerifiedJob#tokenUse} to {@link UsedTokens} once it knows that the request is
     * not a repeated one.
     */
    VerifiedJob verify(GitProvider provider, JobClaim claim);
}
