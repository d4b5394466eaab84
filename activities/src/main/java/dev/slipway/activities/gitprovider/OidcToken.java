package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.TokenUse;
import dev.slipway.core.input.Names;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

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
            throw Refusals.unauthenticated("The OIDC token is no signed JSON Web Token");
        }
    }

    private static void requireHeader(JWSHeader header) {
        if (!Signatures.isAllowed(header.getAlgorithm())) {
            throw Refusals.unauthenticated("The OIDC token is signed with \""
                    + Names.shown(header.getAlgorithm().getName()) + "\", which proves nothing");
        }
        boolean ownKey = header.getJWK() != null
                || header.getJWKURL() != null
                || header.getX509CertURL() != null
                || header.getX509CertChain() != null;
        if (ownKey || header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
            throw Refusals.unauthenticated("The OIDC token brings its own key, or asks for what is not done here");
        }
        if (header.getType() != null && !header.getType().equals(JOSEObjectType.JWT)) {
            throw Refusals.unauthenticated(
                    "The OIDC token is a \"" + Names.shown(header.getType().getType()) + "\" and no identity of a job");
        }
    }

    @Nullable
    String keyId() {
        return jwt.getHeader().getKeyID();
    }

    /** Refuses a token of another issuer, for another audience, or of another time. */
    void requireStandardClaims(String issuer, String audience, Instant now) {
        if (!issuer.equals(claims.getIssuer())) {
            throw Refusals.unauthenticated("The OIDC token is of the issuer \""
                    + Names.shown(String.valueOf(claims.getIssuer())) + "\", not of \"" + issuer + "\"");
        }
        if (!claims.getAudience().contains(audience)) {
            throw Refusals.unauthenticated("The OIDC token is for the audience "
                    + Names.shown(String.valueOf(claims.getAudience())) + "; ask for one for \"" + audience + "\"");
        }
        Instant expiry = instant("exp", claims.getExpirationTime());
        if (!now.isBefore(expiry.plus(SKEW))) {
            throw Refusals.unauthenticated("The OIDC token expired at " + expiry + "; ask for a new one");
        }
        Instant issued = instant("iat", claims.getIssueTime());
        Instant validFrom = claims.getNotBeforeTime() == null
                ? issued
                : claims.getNotBeforeTime().toInstant();
        if (issued.isAfter(now.plus(SKEW)) || validFrom.isAfter(now.plus(SKEW))) {
            throw Refusals.unauthenticated("The OIDC token is not valid yet; compare the clocks");
        }
    }

    /** What {@code UsedTokens} needs to know. A token without an id is known by what was signed. */
    TokenUse use(String issuer) {
        String own = claims.getJWTID();
        // Not by its whole text: whoever has one ECDSA signature can write another one for the same.
        String id = own == null ? new String(jwt.getSigningInput(), StandardCharsets.US_ASCII) : "jti " + own;
        return new TokenUse(
                sha256(issuer + "\n" + id),
                instant("exp", claims.getExpirationTime()).plus(SKEW));
    }

    private static Instant instant(String claim, @Nullable Date date) {
        if (date == null) {
            throw Refusals.unauthenticated("The OIDC token has no \"" + claim + "\"");
        }
        return date.toInstant();
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "OidcToken[***]";
    }
}
