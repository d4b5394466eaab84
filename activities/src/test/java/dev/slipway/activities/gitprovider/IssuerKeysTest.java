package dev.slipway.activities.gitprovider;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.RepositoryUrl;
import java.net.InetAddress;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerKeysTest {
    private final OidcIssuer issuer = new OidcIssuer();
    private final SteppingClock clock = new SteppingClock();
    private final ProviderJobVerifier verifier = verifier();

    private ProviderJobVerifier verifier() {
        try {
            return new ProviderJobVerifier(
                    host -> List.of(InetAddress.getAllByName(host)),
                    clock,
                    SSLContext.getDefault(),
                    Duration.ofMillis(500));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        verifier.close();
        issuer.close();
    }

    /** A token of now, signed with this key. */
    private String token(RSAKey key) throws Exception {
        return OidcIssuer.sign(
                OidcIssuer.header().keyID(key.getKeyID()),
                issuer.push().expirationTime(Date.from(clock.instant().plusSeconds(60))),
                new RSASSASigner(key));
    }

    private int looks() {
        return Collections.frequency(issuer.web.asked(), OidcIssuer.KEYS);
    }

    private void accepted(RSAKey key) throws Exception {
        assertThat(verifier.verify(provider(), claim(token(key))).job().id()).isEqualTo("123");
    }

    private String refused(FailureType type, RSAKey key) throws Exception {
        return Refused.with(type, verifier, provider(), claim(token(key)));
    }

    @Test
    void asksForKeysOnceAndAgainAfterAWhile() throws Exception {
        for (int i = 0; i < 5; i++) {
            accepted(OidcIssuer.key());
        }
        assertThat(looks()).isEqualTo(1);

        clock.step(IssuerKeys.FRESH.plusSeconds(1));
        accepted(OidcIssuer.key());

        assertThat(looks()).isEqualTo(2);
    }

    @Test
    void findsANewKeyAtOnceAndNoUnknownOneTooOften() throws Exception {
        RSAKey second = OidcIssuer.rsa("second", 2_048);
        accepted(OidcIssuer.key());
        clock.step(IssuerKeys.RATE.plusSeconds(1));
        issuer.publish(OidcIssuer.key(), second);

        accepted(second);
        assertThat(looks()).isEqualTo(2);

        RSAKey unknown = OidcIssuer.rsa("unknown", 2_048);
        for (int i = 0; i < 5; i++) {
            refused(FailureType.UNAUTHENTICATED, unknown);
        }
        assertThat(looks()).isEqualTo(3);

        clock.step(IssuerKeys.RATE.plusSeconds(1));
        for (int i = 0; i < 5; i++) {
            refused(FailureType.UNAUTHENTICATED, unknown);
        }
        assertThat(looks()).isEqualTo(5);
    }

    @Test
    void forgetsAKeyThatIsPublishedNoMore() throws Exception {
        accepted(OidcIssuer.key());
        issuer.publish(OidcIssuer.rsa("second", 2_048));
        clock.step(IssuerKeys.FRESH.plusSeconds(1));

        refused(FailureType.UNAUTHENTICATED, OidcIssuer.key());
    }

    @Test
    void goesOnWithKnownKeysWhileTheIssuerIsDown() throws Exception {
        accepted(OidcIssuer.key());
        issuer.web.page(OidcIssuer.KEYS, 503, "text/plain", "");

        clock.step(IssuerKeys.FRESH.plusSeconds(1));
        accepted(OidcIssuer.key());
        clock.step(IssuerKeys.USABLE);

        refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key());
        issuer.publish(OidcIssuer.key());
        clock.step(Duration.ofSeconds(3));
        accepted(OidcIssuer.key());
    }

    @Test
    void asksOnceForAllWhoComeAtTheSameMoment() throws Exception {
        String token = token(OidcIssuer.key());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> verify =
                    () -> verifier.verify(provider(), claim(token)).job().id();
            for (Future<String> one : threads.invokeAll(Collections.nCopies(20, verify))) {
                assertThat(one.get()).isEqualTo("123");
            }
        }
        assertThat(looks()).isEqualTo(1);
    }

    @Test
    void letsNobodyWaitForAnIssuerThatDidNotAnswerAMomentAgo() throws Exception {
        issuer.web.silent(OidcIssuer.DISCOVERY);

        for (int i = 0; i < 2; i++) {
            assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key()))
                    .contains("no response within 500 ms");
        }
        for (int i = 0; i < 50; i++) {
            assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key()))
                    .contains("did not respond to the last request");
        }
        assertThat(issuer.web.asked()).hasSize(2);
    }

    @Test
    void takesNoKeysOfAnIssuerThatCallsItselfAnotherName() throws Exception {
        issuer.discovery("https://evil.example", issuer.url() + OidcIssuer.KEYS);

        assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key())).contains("names a different issuer");
        assertThat(looks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "file:///etc/passwd", "ftp://localhost/keys", "//localhost/keys", "/keys", "http:/x", "a b"})
    void goesNowhereElseForKeys(String keys) throws Exception {
        issuer.discovery(issuer.url().toString(), keys);

        assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key())).contains("has no valid jwks_uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{\"keys\":{}}", "{\"keys\":[{\"kty\":\"RSA\"}]}", "<html>"})
    void cannotTellFromWhatAreNoKeys(String keys) throws Exception {
        issuer.web.page(OidcIssuer.KEYS, 200, "application/jwk-set+json", keys);

        refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "null", "{}", "<html>", "{\"issuer\":{}}"})
    void cannotTellFromWhatIsNoConfiguration(String configuration) throws Exception {
        issuer.web.page(OidcIssuer.DISCOVERY, 200, "application/json", configuration);

        refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key());
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 307, 404, 500})
    void followsNoRedirectAndTakesNoError(int status) throws Exception {
        issuer.web.page(OidcIssuer.KEYS, exchange -> {
            exchange.getResponseHeaders().set("Location", issuer.url() + "/evil");
            WebDouble.send(exchange, status, "application/json", "{\"keys\":[]}");
        });

        refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key());
        assertThat(issuer.web.asked()).doesNotContain("/evil");
    }

    @Test
    void readsNoEndlessKeys() throws Exception {
        issuer.web.endless(OidcIssuer.KEYS, false);

        assertThat(refused(FailureType.PROVIDER_UNAVAILABLE, OidcIssuer.key())).contains("larger than 1 MiB");
    }

    private GitProvider provider() {
        return new GitProvider(
                "ci", GitProvider.Type.GITHUB, URI.create("https://github.example"), issuer.url(), "slipway");
    }

    private static JobClaim claim(String token) {
        return new JobClaim(new RepositoryUrl("github.example/shop/web"), null, token);
    }

    private static final class SteppingClock extends Clock {
        private volatile Instant now = OidcIssuer.NOW;

        void step(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }
}
