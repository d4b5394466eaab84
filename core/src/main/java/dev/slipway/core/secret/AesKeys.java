package dev.slipway.core.secret;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How an AES-256 key is written. */
public final class AesKeys {
    private static final int BYTES = 32;

    private AesKeys() {}

    /**
     * Reads a key from the Base64 of its 32 bytes. Fails with {@code InvalidInput} where it is none.
     *
     * @param name what the failure calls the key
     */
    public static SecretKeySpec ofBase64(String name, String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw notAKey(name, e);
        }
        if (bytes.length != BYTES) {
            throw notAKey(name, null);
        }
        return new SecretKeySpec(bytes, "AES");
    }

    private static SlipwayException notAKey(String name, @Nullable Throwable cause) {
        return new SlipwayException(
                FailureType.INVALID_INPUT,
                "The " + name + " key must be the Base64 of 32 bytes; make one with: openssl rand -base64 32",
                cause);
    }
}
