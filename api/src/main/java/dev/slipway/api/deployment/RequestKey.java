package dev.slipway.api.deployment;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.store.deployment.IdempotencyKey;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** The header by which a client says that two requests are one. */
public final class RequestKey {
    public static final String HEADER = "Idempotency-Key";

    public static final String PATTERN = "[!-~]{1,255}";

    private static final Pattern FORM = Pattern.compile(PATTERN);

    private RequestKey() {}

    /** The key of the authenticated caller. {@code request}: all that makes the request what it is. */
    public static @Nullable IdempotencyKey of(@Nullable String key, String request) {
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        return of(Objects.requireNonNull(caller, "Only known callers have keys").getName(), key, request);
    }

    /** The key of {@code caller}; the same key of another caller is a different one. */
    public static @Nullable IdempotencyKey of(String caller, @Nullable String key, String request) {
        if (key == null) {
            return null;
        }
        if (!FORM.matcher(key).matches()) {
            throw new InvalidInputException(HEADER, "must be 1 to 255 printable ASCII characters without spaces");
        }
        return new IdempotencyKey(caller, key, Digest.of(request).hex());
    }
}
