package dev.slipway.activities.gitprovider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitProvider;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.gitops.JobClaim;
import dev.slipway.core.gitops.RepositoryUrl;
import dev.slipway.core.gitops.TokenUse;
import dev.slipway.core.gitops.VerifiedJob;
import java.net.InetAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcJobsTest {
    private static final Instant NOW = OidcIssuer.NOW;

    private final OidcIssuer issuer = new OidcIssuer();
    private final ProviderJobVerifier verifier =
            new ProviderJobVerifier(host -> List.of(InetAddress.getAllByName(host)), Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void close() {
        verifier.close();
        issuer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GITHUB", "GITEA", "OIDC"})
    void knowsAJobOfGitHubByItsToken(GitProvider.Type type) {
        Job job = verifier.verify(
                        provider(type), claim("github.example/Shop/Web", "123", OidcIssuer.sign(issuer.push())))
                .job();

        assertThat(job.id()).isEqualTo("123");
        assertThat(job.branch()).isEqualTo("main");
        assertThat(job.commit()).isEqualTo("0ff3ae198f8601a285adcf5c0fff204ee6fba5fd");
        assertThat(job.actor()).isEqualTo("ada");
        assertThat(job.url()).isEqualTo("https://github.example/shop/web/actions/runs/123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GITLAB", "OIDC"})
    void knowsAJobOfGitLabByItsIdToken(GitProvider.Type type) {
        Job job = verifier.verify(provider(type), claim("github.example/shop/web", "302", OidcIssuer.sign(gitLab())))
                .job();

        assertThat(job.id()).isEqualTo("302");
        assertThat(job.branch()).isEqualTo("feature/x");
        assertThat(job.actor()).isEqualTo("ada");
        assertThat(job.url()).isEqualTo("https://github.example/shop/web/-/jobs/302");
    }

    private JWTClaimsSet.Builder gitLab() {
        return issuer.push()
                .claim("repository", null)
                .claim("run_id", null)
                .claim("event_name", null)
                .claim("project_path", "shop/web")
                .claim("ref", "feature/x")
                .claim("ref_type", "branch")
                .claim("ref_path", "refs/heads/feature/x")
                .claim("pipeline_source", "push")
                .claim("user_login", "ada")
                .claim("job_id", "302");
    }

    @Test
    void tellsTokensApartSoThatEachIsUsedOnce() {
        VerifiedJob first = verify(OidcIssuer.sign(issuer.push()));
        VerifiedJob again = verify(OidcIssuer.sign(issuer.push().claim("extra", 1)));
        VerifiedJob second = verify(OidcIssuer.sign(issuer.push().jwtID("second")));
        VerifiedJob nameless = verify(OidcIssuer.sign(issuer.push().jwtID(null)));

        assertThat(use(first)).isEqualTo(use(again));
        assertThat(List.of(first, second, nameless))
                .extracting(job -> use(job).id())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[0-9a-f]{64}"));
        assertThat(use(first).expiry()).isEqualTo(NOW.plusSeconds(330));
    }

    private static TokenUse use(VerifiedJob job) {
        return Objects.requireNonNull(job.tokenUse());
    }

    @Test
    void knowsATokenWithoutAnIdWhateverSignatureItHas() throws JOSEException {
        ECKey key = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
        issuer.publish(key);
        JWSHeader.Builder header = new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec");
        JWTClaimsSet.Builder claims = issuer.push().jwtID(null);

        String one = OidcIssuer.sign(header, claims, new ECDSASigner(key));
        String other = OidcIssuer.sign(header, claims, new ECDSASigner(key));

        assertThat(one).isNotEqualTo(other);
        assertThat(use(verify(one))).isEqualTo(use(verify(other)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
    void takesSignaturesWithRsa(String algorithm) {
        String token =
                OidcIssuer.sign(new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID("first"), issuer.push());

        assertThat(verify(token).job().id()).isEqualTo("123");
    }

    @Test
    void takesSignaturesWithEllipticCurves() throws Exception {
        for (Curve curve : List.of(Curve.P_256, Curve.P_384, Curve.P_521)) {
            ECKey key = new ECKeyGenerator(curve).keyID(curve.getName()).generate();
            try (OidcIssuer other = new OidcIssuer()) {
                other.publish(key);
                ECDSASigner signer = new ECDSASigner(key);
                JWSAlgorithm algorithm =
                        signer.supportedJWSAlgorithms().iterator().next();
                String token =
                        OidcIssuer.sign(new JWSHeader.Builder(algorithm).keyID(curve.getName()), other.push(), signer);

                assertThat(verifier.verify(provider(other.url(), GitProvider.Type.GITHUB), claim(token))
                                .job()
                                .id())
                        .isEqualTo("123");
            }
        }
    }

    @Test
    void takesSignaturesWithEd25519() throws GeneralSecurityException {
        // The sign of x is in the last bit of a key: several keys have both.
        for (int i = 0; i < 8; i++) {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            byte[] raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
            try (OidcIssuer other = new OidcIssuer()) {
                other.publish(new OctetKeyPair.Builder(Curve.Ed25519, Base64URL.encode(raw))
                        .keyID("ed")
                        .build());
                GitProvider provider = provider(other.url(), GitProvider.Type.GITHUB);
                String token = ed25519(pair, other.push());

                assertThat(verifier.verify(provider, claim(token)).job().id()).isEqualTo("123");
                refused(
                        FailureType.UNAUTHENTICATED,
                        provider,
                        claim(withOtherClaims(token, other.push().claim("x", 1))));
            }
        }
    }

    private static String ed25519(KeyPair pair, JWTClaimsSet.Builder claims) throws GeneralSecurityException {
        String input = base64("{\"alg\":\"EdDSA\",\"kid\":\"ed\"}") + "."
                + base64(claims.build().toString());
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(input.getBytes(UTF_8));
        return input + "." + Base64URL.encode(signature.sign());
    }

    static Stream<Arguments> hostileTokens() throws JOSEException {
        RSAKey stranger = OidcIssuer.rsa("first", 2_048);
        byte[] publicKey = publicKey();
        return Stream.of(
                hostile("is not signed", i -> new PlainJWT(i.push().build()).serialize()),
                hostile("has no signature", i -> OidcIssuer.sign(i.push()).replaceFirst("[^.]+$", "")),
                hostile(
                        "says alg none and keeps a signature",
                        i -> withHeader(i, "{\"alg\":\"none\",\"kid\":\"first\"}")),
                hostile("says alg nOnE", i -> withHeader(i, "{\"alg\":\"nOnE\",\"kid\":\"first\"}")),
                hostile("has no alg", i -> withHeader(i, "{\"kid\":\"first\"}")),
                hostile("is signed with the public key as a shared secret", i -> mac(i, publicKey)),
                hostile(
                        "is signed with the public key's text as a shared secret",
                        i -> mac(i, OidcIssuer.key().toPublicJWK().toString().getBytes(UTF_8))),
                hostile("is signed by somebody else with the same key id", i -> signedBy(stranger, i.push())),
                hostile(
                        "brings its key",
                        i -> OidcIssuer.sign(
                                OidcIssuer.header().jwk(OidcIssuer.key().toPublicJWK()), i.push())),
                hostile(
                        "names where its key is",
                        i -> OidcIssuer.sign(OidcIssuer.header().jwkURL(URI.create(i.url() + "/evil")), i.push())),
                hostile(
                        "names where its certificate is",
                        i -> OidcIssuer.sign(OidcIssuer.header().x509CertURL(URI.create(i.url() + "/evil")), i.push())),
                hostile(
                        "brings its certificate",
                        i -> OidcIssuer.sign(
                                OidcIssuer.header().x509CertChain(List.of(com.nimbusds.jose.util.Base64.encode("x"))),
                                i.push())),
                hostile(
                        "has a critical header",
                        i -> OidcIssuer.sign(
                                OidcIssuer.header().criticalParams(Set.of("x")).customParam("x", 1), i.push())),
                hostile(
                        "is an access token",
                        i -> OidcIssuer.sign(OidcIssuer.header().type(new JOSEObjectType("at+jwt")), i.push())),
                hostile(
                        "names another key",
                        i -> OidcIssuer.sign(OidcIssuer.header().keyID("second"), i.push())),
                hostile(
                        "names a key as a path",
                        i -> OidcIssuer.sign(OidcIssuer.header().keyID("../../dev/null"), i.push())),
                claims("is of another issuer", claims -> claims.issuer("https://evil.example")),
                claims("is of no issuer", claims -> claims.issuer(null)),
                claims("is for another audience", claims -> claims.audience("slipway2")),
                claims("is for no audience", claims -> claims.audience((String) null)),
                claims("has expired", claims -> claims.expirationTime(at(-30))),
                claims("never expires", claims -> claims.expirationTime(null)),
                claims("is for later", claims -> claims.notBeforeTime(at(31))),
                claims(
                        "was issued in the future",
                        claims -> claims.issueTime(at(31)).notBeforeTime(null)),
                claims("was never issued", claims -> claims.issueTime(null)),
                claims("is huge", claims -> claims.claim("x", "x".repeat(20_000))),
                hostile(
                        "was changed",
                        i -> withOtherClaims(OidcIssuer.sign(i.push()), i.push().claim("ref", "refs/heads/x"))),
                hostile("has a part too many", i -> OidcIssuer.sign(i.push()) + ".x"),
                hostile("is empty", _ -> ""),
                hostile("is garbage", _ -> "eyJ.eyJ.xyz"),
                hostile("is no text", _ -> "\0\uFFFD"),
                hostile("is dots", _ -> ".".repeat(5_000)),
                hostile("has null for a header", _ -> base64("null") + "." + base64("{}") + ".eA"),
                hostile("has null for claims", _ -> base64("{\"alg\":\"RS256\"}") + "." + base64("null") + ".eA"),
                hostile("has a deep header", _ -> base64("{\"a\":".repeat(2_000)) + "." + base64("{}") + ".eA"),
                hostile("is no JSON within", _ -> base64("{\"alg\":\"RS256\"}") + "." + base64("[") + ".eA"),
                hostile("is deep JSON", _ -> base64("{\"alg\":\"RS256\"}") + "." + base64("[".repeat(9_000)) + ".eA"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileTokens")
    void takesForNoProofATokenThat(String deceit, Function<OidcIssuer, String> token) {
        refused(FailureType.UNAUTHENTICATED, provider(GitProvider.Type.GITHUB), claim(token.apply(issuer)));

        assertThat(issuer.web.asked()).as(deceit).doesNotContain("/evil");
    }

    @Test
    void takesNoKeyThatIsTooShortOrMeantForSomethingElse() throws JOSEException {
        RSAKey weak = OidcIssuer.rsa("weak", 1_024);
        RSAKey encrypting =
                new RSAKey.Builder(OidcIssuer.key()).keyUse(KeyUse.ENCRYPTION).build();
        RSAKey other = new RSAKey.Builder(OidcIssuer.key())
                .keyID("other")
                .algorithm(JWSAlgorithm.RS512)
                .build();
        OctetSequenceKey shared =
                new OctetSequenceKey.Builder(new byte[32]).keyID("shared").build();
        issuer.web.json(OidcIssuer.KEYS, new JWKSet(List.of(weak, encrypting, other, shared)).toString(false));

        JWSHeader.Builder header = OidcIssuer.header();
        unauthenticated(OidcIssuer.sign(
                header.keyID("weak"),
                issuer.push(),
                new RSASSASigner(weak.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()))));
        unauthenticated(OidcIssuer.sign(header.keyID("first"), issuer.push()));
        unauthenticated(OidcIssuer.sign(header.keyID("other"), issuer.push()));
        unauthenticated(OidcIssuer.sign(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("shared"), issuer.push(), new MACSigner(shared)));
    }

    static Stream<Arguments> otherJobs() {
        return Stream.of(
                other("of another repository", "repository", "evil/web", "runs for github.example/evil/web, not for"),
                other("of a fork", "repository", "mallory/web", "not for github.example/shop/web"),
                other("of a repository with a path in it", "repository", "shop/web/../web", "not for"),
                other("of a repository that is none", "repository", "shop/web\n", "invalid repository"),
                other("of no repository", "repository", null, "has no \"repository\""),
                other("for a tag", "ref", "refs/tags/main", "runs for the tag \"refs/tags/main\""),
                other("for a pull request", "ref", "refs/pull/1/merge", "pull request"),
                other("for a ref without a kind", "ref", "main", "deploy from a branch"),
                other("for no ref", "ref", null, "has no \"ref\""),
                other("for a branch with a bad name", "ref", "refs/heads/a$(x)", "invalid branch name"),
                other("set off by a pull request", "event_name", "pull_request", "pull request"),
                other("set off by a fork", "event_name", "pull_request_target", "pull request"),
                other("with another id", "run_id", "124", "not of job 123"),
                other("with an id that is none", "run_id", "1/../2", "is not a number"),
                other("with no id", "run_id", null, "has no \"run_id\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherJobs")
    void refusesAJob(String which, String name, @Nullable String value, String said) {
        String token = OidcIssuer.sign(issuer.push().claim(name, value));

        assertThat(refused(
                        ofThisRepository(name) ? FailureType.FORBIDDEN : FailureType.UNAUTHENTICATED,
                        provider(GitProvider.Type.GITHUB),
                        claim("github.example/shop/web", "123", token)))
                .as(which)
                .contains(said);
    }

    private static boolean ofThisRepository(String changedClaim) {
        return !changedClaim.equals("repository") && !changedClaim.equals("project_path");
    }

    static Stream<Arguments> otherGitLabJobs() {
        return Stream.of(
                other("of another project", "project_path", "mallory/web", "not for github.example/shop/web"),
                other("for a tag", "ref_type", "tag", "runs for the tag"),
                other("of a merge request", "pipeline_source", "merge_request_event", "merge request"),
                other("for the source of a merge request", "ref_path", "refs/merge-requests/1/head", "merge request"),
                other("with another id", "job_id", "9", "not of job 302"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherGitLabJobs")
    void refusesAJobOfGitLab(String which, String name, String value, String said) {
        String token = OidcIssuer.sign(gitLab().claim(name, value));

        assertThat(refused(
                        ofThisRepository(name) ? FailureType.FORBIDDEN : FailureType.UNAUTHENTICATED,
                        provider(GitProvider.Type.GITLAB),
                        claim("github.example/shop/web", "302", token)))
                .as(which)
                .contains(said);
    }

    @Test
    void allowsForClocksThatDifferALittle() {
        assertThat(verify(OidcIssuer.sign(issuer.push().expirationTime(at(-29))))
                        .job()
                        .id())
                .isEqualTo("123");
        assertThat(verify(OidcIssuer.sign(issuer.push().issueTime(at(29)).notBeforeTime(at(29))))
                        .job()
                        .id())
                .isEqualTo("123");
    }

    private static Arguments hostile(String deceit, Function<OidcIssuer, String> token) {
        return Arguments.of(deceit, token);
    }

    private static Arguments claims(String deceit, UnaryOperator<JWTClaimsSet.Builder> change) {
        return hostile(deceit, issuer -> OidcIssuer.sign(change.apply(issuer.push())));
    }

    private static Arguments other(String which, String claim, @Nullable String value, String said) {
        return Arguments.of(which, claim, value, said);
    }

    private static Date at(int seconds) {
        return Date.from(NOW.plusSeconds(seconds));
    }

    private static byte[] publicKey() throws JOSEException {
        return OidcIssuer.key().toPublicKey().getEncoded();
    }

    private static String mac(OidcIssuer issuer, byte[] secret) {
        try {
            return OidcIssuer.sign(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("first"), issuer.push(), new MACSigner(secret));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String signedBy(RSAKey key, JWTClaimsSet.Builder claims) {
        try {
            return OidcIssuer.sign(OidcIssuer.header(), claims, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String withHeader(OidcIssuer issuer, String header) {
        return base64(header) + OidcIssuer.sign(issuer.push()).replaceFirst("^[^.]+", "");
    }

    private static String withOtherClaims(String token, JWTClaimsSet.Builder claims) {
        return token.substring(0, token.indexOf('.') + 1)
                + base64(claims.build().toString())
                + token.substring(token.lastIndexOf('.'));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private VerifiedJob verify(String token) {
        return verifier.verify(provider(GitProvider.Type.GITHUB), claim(token));
    }

    private void unauthenticated(String token) {
        refused(FailureType.UNAUTHENTICATED, provider(GitProvider.Type.GITHUB), claim(token));
    }

    private String refused(FailureType type, GitProvider provider, JobClaim claim) {
        return Refused.with(type, verifier, provider, claim);
    }

    private GitProvider provider(GitProvider.Type type) {
        return provider(issuer.url(), type);
    }

    private static GitProvider provider(URI issuer, GitProvider.Type type) {
        return new GitProvider("ci", type, URI.create("https://github.example"), issuer, "slipway");
    }

    private static JobClaim claim(String token) {
        return claim("github.example/shop/web", null, token);
    }

    private static JobClaim claim(String repository, @Nullable String jobId, String token) {
        return new JobClaim(new RepositoryUrl(repository), jobId, token);
    }
}
