package dev.slipway.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The AES-256 key that the keys of stored secrets are wrapped with. It never shows itself. */
public final class MasterKey {
    private static final int ID_BYTES = 8;

    private final SecretKeySpec key;
    private final String id;

    private MasterKey(SecretKeySpec key) {
        this.key = key;
        this.id = idOf(key.getEncoded());
    }

    /** Reads a key from the Base64 of its 32 bytes. */
    public static MasterKey ofBase64(String text) {
        return new MasterKey(AesKeys.ofBase64("secret", text));
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

    @Override
    public String toString() {
        return "***";
    }
}
