package dev.slipway.workflows;

import dev.slipway.core.secret.AesKeys;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The AES-256 key of Temporal payloads. It never shows itself. */
public final class PayloadKey {
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

    @Override
    public String toString() {
        return "***";
    }
}
