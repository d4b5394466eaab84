package dev.slipway.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The AES-256 key that the keys of stored secrets are wrapped with. It never shows itself. */
public final class MasterKey {
    private static final int BYTES = 32;
    private static final int ID_BYTES = 8;

    private final SecretKeySpec key;
    private final String id;

    private MasterKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = idOf(bytes);
    }

    /** Reads a key from the Base64 of its 32 bytes. */
    public static MasterKey ofBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.strip());
        } catch (IllegalArgumentException e) {
            throw notAKey(e);
        }
        if (bytes.length != BYTES) {
            throw notAKey(null);
        }
        return new MasterKey(bytes);
    }

    /** What wraps and unwraps. */
    public SecretKey wrapping() {
        return key;
    }

    /** Tells keys apart, and nothing else about them. */
    public String id() {
        return id;
    }

    /** HMAC-SHA256 of {@code text}: whoever shows it has it from a holder of this key. */
    public byte[] mac(String text) {
        return mac(key.getEncoded(), text);
    }

    private static String idOf(byte[] bytes) {
        return HexFormat.of().formatHex(Arrays.copyOf(mac(bytes, "slipway secret key id"), ID_BYTES));
    }

    private static byte[] mac(byte[] bytes, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SlipwayException notAKey(@Nullable Throwable cause) {
        return new SlipwayException(
                FailureType.INVALID_INPUT,
                "The secret key must be the Base64 of 32 bytes; make one with: openssl rand -base64 32",
                cause);
    }

    @Override
    public String toString() {
        return "***";
    }
}
