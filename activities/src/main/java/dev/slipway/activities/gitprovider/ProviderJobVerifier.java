package dev.slipway.activities.gitprovider;

import dev.slipway.activities.net.HostCheck;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.JobVerifier;
import dev.slipway.core.gitops.VerifiedJob;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/** Asks GitLab about job tokens, and issuers of OIDC tokens for their keys. Nothing of a token is ever in a message. */
public final class ProviderJobVerifier implements JobVerifier, AutoCloseable {
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(10);
    // Job tokens of GitLab may be JSON Web Tokens too, but never without a prefix of their own before the first brace.
    private static final Pattern JSON_WEB_TOKEN = Pattern.compile("eyJ[^.]*\\.[^.]*\\.[^.]*");

    private final ProviderHttp http;
    private final GitLabJobs gitLab;
    private final OidcJobs oidc;

    /** Connects to where {@code hosts} allows it. */
    public ProviderJobVerifier(HostCheck hosts, Clock clock) {
        this(hosts, clock, usualTls(), LONGEST_ANSWER);
    }

    ProviderJobVerifier(HostCheck hosts, Clock clock, SSLContext tls, Duration longestAnswer) {
        this.http = new ProviderHttp(hosts, tls, longestAnswer);
        this.gitLab = new GitLabJobs(http);
        this.oidc = new OidcJobs(new IssuerKeys(http, clock), clock);
    }

    @Override
    public VerifiedJob verify(GitProvider provider, JobClaim claim) {
        URI issuer = provider.issuer();
        boolean jobToken = provider.type() == GitProvider.Type.GITLAB
                && !JSON_WEB_TOKEN.matcher(claim.token()).matches();
        return issuer == null || jobToken ? gitLab.verify(provider, claim) : oidc.verify(provider, issuer, claim);
    }

    private static SSLContext usualTls() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
