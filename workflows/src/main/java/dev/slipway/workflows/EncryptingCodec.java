package dev.slipway.workflows;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.slipway.core.secret.AesGcm;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.security.GeneralSecurityException;
import java.util.List;

/** AES-256-GCM over whole payloads. */
public final class EncryptingCodec implements PayloadCodec {
    private static final String ENCODING = "encoding";
    private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
    private static final byte[] NOT_BOUND = {};

    private final PayloadKey key;

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
        try {
            byte[] sealed = AesGcm.seal(key.secret(), NOT_BOUND, payload.toByteArray());
            return Payload.newBuilder()
                    .putMetadata(ENCODING, ENCRYPTED)
                    .setData(ByteString.copyFrom(sealed))
                    .build();
        } catch (GeneralSecurityException e) {
            throw new PayloadCodecException(e);
        }
    }

    private Payload decrypt(Payload payload) {
        if (!ENCRYPTED.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY))) {
            return payload;
        }
        try {
            return Payload.parseFrom(
                    AesGcm.open(key.secret(), NOT_BOUND, payload.getData().toByteArray()));
        } catch (GeneralSecurityException | InvalidProtocolBufferException e) {
            throw new UnreadablePayloadException(e);
        }
    }
}
