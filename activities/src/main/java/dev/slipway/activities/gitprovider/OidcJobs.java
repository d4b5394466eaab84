package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.VerifiedJob;
import dev.slipway.core.input.Names;
import java.net.URI;
import java.time.Clock;
import java.util.Date;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
        StandardClaims standard = new StandardClaims(issuer, provider.audience());
        try {
            // Before keys are fetched, so that nothing is fetched for a token that can prove nothing.
            standard.verify(token.claims(), null);
            DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
            processor.setJWSKeySelector(Signatures.keys(keys.of(issuer)));
            processor.setJWSVerifierFactory(new Signatures());
            processor.setJWTClaimsSetVerifier(standard);
            processor.process(token.jwt(), null);
        } catch (BadJWTException e) {
            throw Refusals.unauthenticated("Invalid OIDC token: " + Names.shown(String.valueOf(e.getMessage())));
        } catch (BadJOSEException | JOSEException e) {
            throw Refusals.unauthenticated("The OIDC token is not signed by " + issuer);
        }
        return new JobClaims(provider, claim, token.claims())
                .job()
                .require(provider, claim, token.use(issuer.toString()));
    }

    /** Issuer, audience and time, by our own clock; and when it was issued, which the library does not ask. */
    private final class StandardClaims extends DefaultJWTClaimsVerifier<SecurityContext> {
        StandardClaims(URI issuer, String audience) {
            super(audience, new JWTClaimsSet.Builder().issuer(issuer.toString()).build(), Set.of("exp", "iat"));
            setMaxClockSkew(Math.toIntExact(OidcToken.SKEW.toSeconds()));
        }

        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            if (claims.getIssueTime().toInstant().isAfter(clock.instant().plus(OidcToken.SKEW))) {
                throw new BadJWTException("JWT issued in the future; check the clocks");
            }
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
