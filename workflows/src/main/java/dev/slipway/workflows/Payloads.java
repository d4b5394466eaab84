package dev.slipway.workflows;

import io.temporal.common.converter.ByteArrayPayloadConverter;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.Jackson3JsonPayloadConverter;
import io.temporal.common.converter.NullPayloadConverter;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How what workflows and activities pass to each other is written: JSON by Jackson 3, encrypted. */
public final class Payloads {
    /**
     * What ends a workflow that cannot be read: no new version of the code would read it, and blocked it would hold up
     * whatever waits for it without a word.
     */
    public static final Class<? extends Throwable> UNREADABLE = UnreadablePayloadException.class;

    private Payloads() {}

    /** The JSON of every payload. Unknown fields are passed over, so that an older process reads what a newer one wrote. */
    public static JsonMapper json() {
        return JsonMapper.builder()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** Readable payloads, for tests. */
    public static DataConverter plain() {
        return new DefaultDataConverter(
                new NullPayloadConverter(), new ByteArrayPayloadConverter(), new Jackson3JsonPayloadConverter(json()));
    }

    /** Payloads, failures and summaries that only holders of {@code key} can read. */
    public static DataConverter encrypted(PayloadKey key) {
        return new CodecDataConverter(plain(), List.of(new EncryptingCodec(key)), true);
    }
}
