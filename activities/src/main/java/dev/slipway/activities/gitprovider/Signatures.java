package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Set;

/** Signatures with public keys. Whoever signs with a shared secret, or not at all, is not heard. */
final class Signatures {
    private static final Set<JWSAlgorithm> RSA = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512);
    private static final Set<JWSAlgorithm> EC = Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    private static final Set<JWSAlgorithm> ED = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
    private static final int SHORTEST_RSA = 2_048;
    private static final int ED25519_BYTES = 32;

    private Signatures() {}

    static boolean isAllowed(JWSAlgorithm algorithm) {
        return RSA.contains(algorithm) || EC.contains(algorithm) || ED.contains(algorithm);
    }

    /** Whether {@code key} is meant for the token's algorithm, and has signed it. */
    static boolean isBy(JWK key, SignedJWT token) {
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        boolean meant = (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()))
                && (key.getAlgorithm() == null || key.getAlgorithm().equals(algorithm));
        try {
            return meant
                    && switch (key) {
                        case RSAKey rsa when RSA.contains(algorithm) -> isByRsa(rsa.toRSAPublicKey(), token);
                        case ECKey ec
                        when EC.contains(algorithm) -> token.verify(new ECDSAVerifier(ec.toECPublicKey()));
                        case OctetKeyPair pair when ED.contains(algorithm) -> isByEd25519(pair, token);
                        default -> false;
                    };
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean isByRsa(RSAPublicKey key, SignedJWT token) throws JOSEException {
        return key.getModulus().bitLength() >= SHORTEST_RSA && token.verify(new RSASSAVerifier(key));
    }

    // The library would need another one for this curve, which Java knows itself.
    private static boolean isByEd25519(OctetKeyPair pair, SignedJWT token) throws GeneralSecurityException {
        byte[] bytes = pair.getX().decode();
        if (!Curve.Ed25519.equals(pair.getCurve()) || bytes.length != ED25519_BYTES) {
            return false;
        }
        Signature signature = Signature.getInstance("Ed25519");
        signature.initVerify(ed25519(bytes));
        signature.update(token.getSigningInput());
        return signature.verify(token.getSignature().decode());
    }

    /** RFC 8032, section 5.1.2: y in little-endian, and the sign of x in the last bit. */
    private static PublicKey ed25519(byte[] encoded) throws GeneralSecurityException {
        byte[] y = new byte[encoded.length];
        for (int i = 0; i < encoded.length; i++) {
            y[i] = encoded[encoded.length - 1 - i];
        }
        boolean odd = (y[0] & 0x80) != 0;
        y[0] &= 0x7F;
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(
                        new EdECPublicKeySpec(NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, y))));
    }
}
