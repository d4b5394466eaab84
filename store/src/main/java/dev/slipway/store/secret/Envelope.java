package dev.slipway.store.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.slipway.core.secret.MasterKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals values with AES-256-GCM: each with a random key of its own, and that key with the master key. Both are bound to the
 * name, so that a row that is copied to another name does not open.
 */
final class Envelope {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
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
                    encrypt(master.wrapping(), "key", name, dataKey),
                    encrypt(new SecretKeySpec(dataKey, AES), "value", name, value.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value; fails where any of it was changed, or sealed with another key or for another name. */
    String open(String name, Sealed sealed) throws AEADBadTagException {
        try {
            byte[] dataKey = decrypt(master.wrapping(), "key", name, sealed.key());
            return new String(decrypt(new SecretKeySpec(dataKey, AES), "value", name, sealed.value()), UTF_8);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw (AEADBadTagException) new AEADBadTagException("too short").initCause(e);
        }
    }

    private byte[] encrypt(SecretKey key, String part, String name, byte[] plain) throws GeneralSecurityException {
        byte[] nonce = randomBytes(NONCE_BYTES);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, part, name).doFinal(plain);
        return ByteBuffer.allocate(nonce.length + sealed.length)
                .put(nonce)
                .put(sealed)
                .array();
    }

    private static byte[] decrypt(SecretKey key, String part, String name, byte[] sealed)
            throws GeneralSecurityException {
        if (sealed.length < NONCE_BYTES) {
            throw new AEADBadTagException("too short");
        }
        byte[] nonce = new byte[NONCE_BYTES];
        ByteBuffer bytes = ByteBuffer.wrap(sealed).get(nonce);
        byte[] rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return cipher(Cipher.DECRYPT_MODE, key, nonce, part, name).doFinal(rest);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, String part, String name)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(("slipway secret " + part + " " + name).getBytes(UTF_8));
        return cipher;
    }

    private byte[] randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
