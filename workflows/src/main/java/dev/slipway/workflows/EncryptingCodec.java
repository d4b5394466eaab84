package dev.slipway.workflows;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM over whole payloads: the nonce of 12 bytes, then the ciphertext with its tag of 16 bytes. */
public final class EncryptingCodec implements PayloadCodec {
    private static final String ENCODING = "encoding";
    private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final PayloadKey key;
    private final SecureRandom random = new SecureRandom();

    public EncryptingCodec(PayloadKey key) {
        this.key = key;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::encrypt).toList();
    }

    /** Payloads that are not encrypted, such as those of the Temporal UI's own signals, are passed through. */
    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::decrypt).toList();
    }

    private Payload encrypt(Payload payload) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(payload.toByteArray());
            return Payload.newBuilder()
                    .putMetadata(ENCODING, ENCRYPTED)
                    .setData(ByteString.copyFrom(nonce).concat(ByteString.copyFrom(sealed)))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new PayloadCodecException(e);
        }
    }

    private Payload decrypt(Payload payload) {
        if (!ENCRYPTED.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY))) {
            return payload;
        }
        byte[] data = payload.getData().toByteArray();
        try {
            byte[] nonce = Arrays.copyOf(data, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, nonce).doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES);
            return Payload.parseFrom(plain);
        } catch (GeneralSecurityException | InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new PayloadCodecException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
