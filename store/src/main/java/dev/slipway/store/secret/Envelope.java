package dev.slipway.store.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.secret.AesGcm;
import dev.slipway.core.secret.MasterKey;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values with AES-256-GCM: each with a random key of its own, and that key with the master key. Both are bound to the
 * name, so that a row that is copied to another name does not open.
 */
final class Envelope {
    private static final int KEY_BYTES = 32;
    private static final String AES = "AES";

    private final SecureRandom random = new SecureRandom();
    private final MasterKey master;

    Envelope(MasterKey master) {
        this.master = master;
    }

    /** A value that nobody reads without the master key. Each of the two parts begins with its nonce. */
    @SuppressWarnings("ArrayRecordComponent") // It is never compared.
    record Sealed(String keyId, byte[] key, byte[] value) {}

    String keyId() {
        return master.id();
    }

    Sealed seal(String name, String value) {
        byte[] dataKey = randomBytes(KEY_BYTES);
        try {
            return new Sealed(
                    master.id(),
                    AesGcm.seal(master.wrapping(), bound("key", name), dataKey),
                    AesGcm.seal(new SecretKeySpec(dataKey, AES), bound("value", name), value.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value; fails where any of it was changed, or sealed with another key or for another name. */
    String open(String name, Sealed sealed) throws AEADBadTagException {
        try {
            byte[] dataKey = AesGcm.open(master.wrapping(), bound("key", name), sealed.key());
            return new String(
                    AesGcm.open(new SecretKeySpec(dataKey, AES), bound("value", name), sealed.value()), UTF_8);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw (AEADBadTagException) new AEADBadTagException("too short").initCause(e);
        }
    }

    private static byte[] bound(String part, String name) {
        return ("slipway secret " + part + " " + name).getBytes(UTF_8);
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
