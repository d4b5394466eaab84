package dev.slipway.core.failure;

import org.jspecify.annotations.Nullable;

/** "I could not do my job": a failure of the catalogue on its way to whoever translates it for a user or a workflow. */
public class SlipwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FailureType type;

    public SlipwayException(FailureType type, String message) {
        this(type, message, null);
    }

    public SlipwayException(FailureType type, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    public FailureType type() {
        return type;
    }

    public Failure failure() {
        return new Failure(type, String.valueOf(getMessage()));
    }
}
