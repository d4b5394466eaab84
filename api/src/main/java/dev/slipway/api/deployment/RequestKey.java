package dev.slipway.api.deployment;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.store.deployment.IdempotencyKey;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header by which a client says that two requests are one. */
public final class RequestKey {
    public static final String HEADER = "Idempotency-Key";

    public static final String PATTERN = "[!-~]{1,255}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private RequestKey() {}

    /** {@code request}: all that makes the request what it is. */
    public static @Nullable IdempotencyKey of(@Nullable String key, String request) {
        if (key == null) {
            return null;
        }
        if (!FORM.matcher(key).matches()) {
            throw new InvalidInputException(HEADER, "must be 1 to 255 printable ASCII characters without spaces");
        }
        return new IdempotencyKey(key, Digest.of(request).hex());
    }
}
