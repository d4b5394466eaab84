package dev.slipway.activities.gitprovider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Signatures with public keys. Whoever signs with a shared secret, or not at all, is refused. */
final class Signatures extends DefaultJWSVerifierFactory {
    private static final Set<JWSAlgorithm> ED = Set.of(JWSAlgorithm.EdDSA, JWSAlgorithm.Ed25519);
    private static final Set<JWSAlgorithm> ALLOWED = Stream.of(
                    JWSAlgorithm.Family.RSA, Set.of(JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512), ED)
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());
    private static final int SHORTEST_RSA = 2_048;
    private static final int ED25519_BYTES = 32;
    /** What stands before the 32 bytes of a key in its encoding (RFC 8410, section 4). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    static boolean isAllowed(JWSAlgorithm algorithm) {
        return ALLOWED.contains(algorithm);
    }

    /** The keys among those of {@code source} that are meant for the algorithm of a token, and long enough. */
    static JWSKeySelector<SecurityContext> keys(JWKSource<SecurityContext> source) {
        return (header, context) -> source.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), context).stream()
                .flatMap(Signatures::publicKey)
                .toList();
    }

    private static Stream<Key> publicKey(JWK key) {
        try {
            return switch (key) {
                case RSAKey rsa when rsa.size() >= SHORTEST_RSA -> Stream.of(rsa.toRSAPublicKey());
                case ECKey ec -> Stream.of(ec.toECPublicKey());
                case OctetKeyPair pair when Curve.Ed25519.equals(pair.getCurve()) -> Stream.of(ed25519(pair));
                default -> Stream.empty();
            };
        } catch (JOSEException | GeneralSecurityException e) {
            return Stream.empty();
        }
    }

    private static Key ed25519(OctetKeyPair pair) throws GeneralSecurityException {
        byte[] x = pair.getX().decode();
        if (x.length != ED25519_BYTES) {
            throw new GeneralSecurityException("an Ed25519 key has 32 bytes");
        }
        byte[] encoded = new byte[ED25519_PREFIX.length + x.length];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, x.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    }

    @Override
    public JWSVerifier createJWSVerifier(JWSHeader header, Key key) throws JOSEException {
        return key instanceof EdECPublicKey ed25519 ? new Ed25519(ed25519) : super.createJWSVerifier(header, key);
    }

    /** The library would need another one for this curve, which Java knows itself. */
    private record Ed25519(EdECPublicKey key) implements JWSVerifier {
        @Override
        public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
            try {
                Signature verification = Signature.getInstance("Ed25519");
                verification.initVerify(key);
                verification.update(signingInput);
                return verification.verify(signature.decode());
            } catch (GeneralSecurityException e) {
                throw new JOSEException("The signature cannot be verified", e);
            }
        }

        @Override
        public Set<JWSAlgorithm> supportedJWSAlgorithms() {
            return ED;
        }

        @Override
        public JCAContext getJCAContext() {
            return new JCAContext();
        }
    }
}
