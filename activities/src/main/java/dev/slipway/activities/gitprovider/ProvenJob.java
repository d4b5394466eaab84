package dev.slipway.activities.gitprovider;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.gitops.BranchName;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.TokenUse;
import dev.slipway.core.gitops.VerifiedJob;
import dev.slipway.core.input.Names;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of a job.
 *
 * @param project its path among the provider's web pages, such as {@code shop/web}
 */
record ProvenJob(
        String id,
        String project,
        String branch,
        @Nullable String commit,
        @Nullable String actor,
        @Nullable String url) {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    /** The job, if it is the one that was claimed. */
    VerifiedJob require(GitProvider provider, JobClaim claim, @Nullable TokenUse tokenUse) {
        if (claim.jobId() != null && !claim.jobId().equals(id)) {
            throw Refusals.forbidden("The token belongs to job " + Names.shown(id) + ", not of job "
                    + Names.shown(claim.jobId()) + " of " + claim.repository());
        }
        return new VerifiedJob(
                new Job(
                        id,
                        requireBranch(),
                        commit == null || !COMMIT.matcher(commit).matches() ? null : commit,
                        actor == null ? null : Names.shown(actor),
                        url),
                tokenUse);
    }

    /**
     * Before anything else is said of the job: a job of another repository must not learn that this one is
     * known. Providers tell neither the case of letters nor ports apart: the one of ssh is another one than that of the pages.
     */
    static void requireRepository(GitProvider provider, JobClaim claim, String project) {
        String claimed = claim.repository().identity();
        String host = claimed.substring(0, claimed.indexOf('/')).replaceFirst(":\\d+$", "");
        boolean same = host.equalsIgnoreCase(provider.url().getHost())
                && claim.repository().path().equalsIgnoreCase(project);
        if (!same) {
            throw Refusals.unauthenticated("The job runs for "
                    + provider.url().getHost().toLowerCase(Locale.ROOT) + "/" + Names.shown(project) + ", not for "
                    + Names.shown(claimed));
        }
    }

    private String requireBranch() {
        try {
            return BranchName.require("branch", branch);
        } catch (InvalidInputException e) {
            throw Refusals.forbidden("The job runs for the invalid branch name \"" + Names.shown(branch) + "\"");
        }
    }
}
