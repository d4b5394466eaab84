package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import org.jspecify.annotations.Nullable;

/** Input that is well formed, and whose values cannot be accepted. */
public final class UnprocessableException extends SlipwayException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String field;

    public UnprocessableException(@Nullable String field, String message) {
        super(FailureType.INVALID_INPUT, message);
        this.field = field;
    }

    public @Nullable String field() {
        return field;
    }
}
