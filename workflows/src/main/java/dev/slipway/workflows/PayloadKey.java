package dev.slipway.workflows;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.util.Base64;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The AES-256 key of Temporal payloads. It never shows itself. */
public final class PayloadKey {
    private static final int BYTES = 32;

    private final SecretKeySpec key;

    private PayloadKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /** Reads a key from the Base64 of its 32 bytes. */
    public static PayloadKey ofBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw notAKey(e);
        }
        if (bytes.length != BYTES) {
            throw notAKey(null);
        }
        return new PayloadKey(bytes);
    }

    SecretKey secret() {
        return key;
    }

    private static SlipwayException notAKey(@Nullable Throwable cause) {
        return new SlipwayException(
                FailureType.INVALID_INPUT,
                "The payload key must be the Base64 of 32 bytes; make one with: openssl rand -base64 32",
                cause);
    }

    @Override
    public String toString() {
        return "***";
    }
}
