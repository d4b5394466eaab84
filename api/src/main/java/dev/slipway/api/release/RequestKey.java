package dev.slipway.api.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.store.release.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header by which a client says that two requests are one. */
final class RequestKey {
    static final String HEADER = "Idempotency-Key";

    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private RequestKey() {}

    /** {@code request}: all that makes the request what it is. */
    static @Nullable IdempotencyKey of(@Nullable String key, String request) {
        if (key == null) {
            return null;
        }
        if (!FORM.matcher(key).matches()) {
            throw new InvalidInputException(HEADER, "must be 1 to 255 printable ASCII characters without spaces");
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(request.getBytes(StandardCharsets.UTF_8));
            return new IdempotencyKey(key, Digest.ofSha256(hash).hex());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
