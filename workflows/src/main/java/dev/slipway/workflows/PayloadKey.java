package dev.slipway.workflows;

import dev.slipway.core.secret.AesKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The AES-256 key of Temporal payloads. It never shows itself. */
public final class PayloadKey {
    private static final int FINGERPRINT_BYTES = 16;

    private final SecretKeySpec key;

    private PayloadKey(SecretKeySpec key) {
        this.key = key;
    }

    /** Reads a key from the Base64 of its 32 bytes. */
    public static PayloadKey ofBase64(String text) {
        return new PayloadKey(AesKeys.ofBase64("payload", text));
    }

    SecretKey secret() {
        return key;
    }

    /** Tells this key from others, and tells nothing of it. */
    public String fingerprint() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), mac.getAlgorithm()));
            byte[] hash = mac.doFinal("slipway payload key".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, FINGERPRINT_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
