package dev.slipway.api.deployment;

import dev.slipway.core.failure.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Why a person wants something. */
public final class Reasons {
    public static final int LONGEST = 1_000;

    private Reasons() {}

    /** Returns {@code reason}, or fails where nobody would read so much. */
    public static @Nullable String require(@Nullable String reason) {
        if (reason != null && reason.length() > LONGEST) {
            throw new InvalidInputException("reason", "is longer than " + LONGEST + " characters");
        }
        return reason;
    }
}
