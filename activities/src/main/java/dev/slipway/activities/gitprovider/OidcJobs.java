package dev.slipway.activities.gitprovider;

import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.VerifiedJob;
import java.net.URI;
import java.time.Clock;

/** Verifies jobs by the OIDC tokens that their provider has signed. */
final class OidcJobs {
    private final IssuerKeys keys;
    private final Clock clock;

    OidcJobs(IssuerKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    VerifiedJob verify(GitProvider provider, URI issuer, JobClaim claim) {
        OidcToken token = OidcToken.parse(claim.token());
        // Before keys are fetched, so that nothing is fetched for a token that can prove nothing.
        token.requireStandardClaims(issuer.toString(), provider.audience(), clock.instant());
        if (keys.find(issuer, token.keyId()).stream().noneMatch(key -> Signatures.isBy(key, token.jwt()))) {
            throw Refusals.unauthenticated("The OIDC token is not signed by " + issuer);
        }
        return new JobClaims(provider, token.claims()).job().require(provider, claim, token.use(issuer.toString()));
    }
}
