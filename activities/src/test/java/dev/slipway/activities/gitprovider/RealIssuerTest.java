package dev.slipway.activities.gitprovider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.gitops.VerifiedJob;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Discovery, keys and tokens of an OIDC server that somebody else has written. */
class RealIssuerTest {
    private final MockOAuth2Server server = new MockOAuth2Server();
    private final ProviderJobVerifier verifier =
            new ProviderJobVerifier(host -> List.of(InetAddress.getAllByName(host)), Clock.systemUTC());

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void close() {
        verifier.close();
        server.shutdown();
    }

    @Test
    void provesAJobThatItHasSignedATokenFor() {
        VerifiedJob verified =
                verifier.verify(provider("ci"), claim(token("ci", Map.of("aud", "slipway"), Duration.ofMinutes(5))));

        assertThat(verified.job().id()).isEqualTo("123");
        assertThat(verified.job().branch()).isEqualTo("release/1");
        assertThat(verified.tokenUse()).isNotNull();
    }

    @Test
    void provesNothingWithItsOtherTokens() {
        GitProvider provider = provider("ci");
        Map<String, String> sound = Map.of("aud", "slipway");

        for (String token : List.of(
                token("other", sound, Duration.ofMinutes(5)),
                token("ci", Map.of("aud", "somebody"), Duration.ofMinutes(5)),
                token("ci", sound, Duration.ofMinutes(-5)),
                server.issueToken("ci").serialize())) {
            Refused.with(FailureType.UNAUTHENTICATED, verifier, provider, claim(token));
        }
    }

    @Test
    void cannotTellOnceTheServerIsGone() {
        String token = token("ci", Map.of("aud", "slipway"), Duration.ofMinutes(5));
        GitProvider provider = provider("ci");
        server.shutdown();

        Refused.with(FailureType.PROVIDER_UNAVAILABLE, verifier, provider, claim(token));
    }

    private String token(String issuer, Map<String, String> more, Duration life) {
        Map<String, Object> claims = new HashMap<>(Map.of(
                "repository", "shop/web",
                "ref", "refs/heads/release/1",
                "sha", "0ff3ae198f8601a285adcf5c0fff204ee6fba5fd",
                "actor", "ada",
                "event_name", "push",
                "run_id", "123"));
        claims.putAll(more);
        return server.anyToken(server.issuerUrl(issuer), claims, life).serialize();
    }

    private GitProvider provider(String issuer) {
        return new GitProvider(
                "ci",
                GitProvider.Type.GITEA,
                URI.create("https://git.example"),
                URI.create(server.issuerUrl(issuer).toString()),
                "slipway");
    }

    private static JobClaim claim(String token) {
        return new JobClaim(new RepositoryUrl("git.example/shop/web"), "123", token);
    }
}
