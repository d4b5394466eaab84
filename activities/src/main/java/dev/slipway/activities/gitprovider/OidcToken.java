package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.TokenUse;
import dev.slipway.core.input.Names;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;

/** A token whose form is right; whether it proves anything is not known yet. */
record OidcToken(SignedJWT jwt, JWTClaimsSet claims) {
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final int LONGEST = 16_384;

    /** Reads a token, and refuses what no provider writes. */
    static OidcToken parse(String text) {
        if (text.length() > LONGEST) {
            throw Refusals.unauthenticated("The OIDC token is longer than " + LONGEST + " characters");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            requireHeader(jwt.getHeader());
            return new OidcToken(jwt, jwt.getJWTClaimsSet());
        } catch (SlipwayException e) {
            throw e;
        } catch (ParseException | RuntimeException e) {
            // The library fails in several ways on what is no token; and its messages may have a part of it in them.
            throw Refusals.unauthenticated("The OIDC token is not a signed JSON Web Token");
        }
    }

    private static void requireHeader(JWSHeader header) {
        if (!Signatures.isAllowed(header.getAlgorithm())) {
            throw Refusals.unauthenticated("The OIDC token is signed with \""
                    + Names.shown(header.getAlgorithm().getName()) + "\", which is not an asymmetric signature");
        }
        boolean ownKey = header.getJWK() != null
                || header.getJWKURL() != null
                || header.getX509CertURL() != null
                || header.getX509CertChain() != null;
        if (ownKey || header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            throw Refusals.unauthenticated("The OIDC token embeds its own key, or uses an unsupported header");
        }
        if (header.getType() != null && !header.getType().equals(JOSEObjectType.JWT)) {
            throw Refusals.unauthenticated("The OIDC token is a \""
                    + Names.shown(header.getType().getType()) + "\", not the identity of a job");
        }
    }

    /** What {@code UsedTokens} needs to know. A token without an id is known by what was signed. */
    TokenUse use(String issuer) {
        String own = claims.getJWTID();
        // Not by its whole text: whoever has one ECDSA signature can write another one for the same.
        String id = own == null ? new String(jwt.getSigningInput(), StandardCharsets.US_ASCII) : "jti " + own;
        return new TokenUse(
                Digest.of(issuer + "\n" + id).hex(),
                claims.getExpirationTime().toInstant().plus(SKEW));
    }

    @Override
    public String toString() {
        return "OidcToken[***]";
    }
}
