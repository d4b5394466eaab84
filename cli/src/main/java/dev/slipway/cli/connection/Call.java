package dev.slipway.cli.connection;

import dev.slipway.cli.document.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One request. {@code repeatable}: sending it twice does no more than sending it once, so that it may be sent again
 * when its answer was lost.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Call(
        String method, String path, Map<String, String> headers, byte @Nullable [] body, boolean repeatable) {
    public static Call get(String path) {
        return new Call("GET", path, Map.of("Accept", "application/json"), null, true);
    }

    public static Call post(String path, JsonNode body) {
        return post(path, "application/json", Json.compact(body));
    }

    public static Call post(String path, String contentType, String body) {
        return post(path, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Call post(String path, Multipart body) {
        return post(path, body.contentType(), body.bytes());
    }

    private static Call post(String path, String contentType, byte[] body) {
        return new Call("POST", path, Map.of("Accept", "application/json", "Content-Type", contentType), body, false);
    }

    /** The same call, which does no more when it is sent twice. */
    public Call asRepeatable() {
        return new Call(method, path, headers, body, true);
    }

    /** The same call under this key: the server does it once, however often it is sent. */
    public Call withIdempotencyKey(String key) {
        return with("Idempotency-Key", key).asRepeatable();
    }

    public Call with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Call(method, path, more, body, repeatable);
    }
}
