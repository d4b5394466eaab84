package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/** An OIDC issuer that signs whatever a test wants, and publishes the keys that it is told to. */
final class OidcIssuer implements AutoCloseable {
    static final String DISCOVERY = "/.well-known/openid-configuration";
    static final String KEYS = "/keys";
    /** The clock of the tests stands still. */
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private static final RSAKey RSA = rsa("first", 2_048);

    final WebDouble web = WebDouble.start();

    OidcIssuer() {
        discovery(url().toString(), url() + KEYS);
        publish(RSA);
    }

    static RSAKey rsa(String id, int bits) {
        try {
            return new RSAKeyGenerator(bits, true).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    URI url() {
        return web.url();
    }

    void discovery(String issuer, String keys) {
        web.json(DISCOVERY, "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(issuer, keys));
    }

    void publish(JWK... keys) {
        web.json(KEYS, new JWKSet(List.of(keys)).toPublicJWKSet().toString());
    }

    static RSAKey key() {
        return RSA;
    }

    /** Claims of a push to main, as GitHub writes them. */
    JWTClaimsSet.Builder push() {
        return new JWTClaimsSet.Builder()
                .issuer(url().toString())
                .audience("slipway")
                .subject("repo:shop/web:ref:refs/heads/main")
                .jwtID("first")
                .issueTime(Date.from(NOW.minusSeconds(5)))
                .notBeforeTime(Date.from(NOW.minusSeconds(5)))
                .expirationTime(Date.from(NOW.plusSeconds(300)))
                .claim("repository", "shop/web")
                .claim("ref", "refs/heads/main")
                .claim("ref_type", "branch")
                .claim("sha", "0ff3ae198f8601a285adcf5c0fff204ee6fba5fd")
                .claim("actor", "ada")
                .claim("event_name", "push")
                .claim("run_id", "123");
    }

    static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(JOSEObjectType.JWT)
                .keyID(RSA.getKeyID());
    }

    static String sign(JWTClaimsSet.Builder claims) {
        return sign(header(), claims);
    }

    static String sign(JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
        try {
            return sign(header, claims, new RSASSASigner(RSA));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sign(JWSHeader.Builder header, JWTClaimsSet.Builder claims, JWSSigner signer) {
        try {
            SignedJWT token = new SignedJWT(header.build(), claims.build());
            token.sign(signer);
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        web.close();
    }
}
