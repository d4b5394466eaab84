package dev.slipway.activities.gitprovider;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import org.jspecify.annotations.Nullable;

/** What is said to whoever could not prove what it says. A token is never a part of it. */
final class Refusals {
    private Refusals() {}

    /** The token is no proof. */
    static SlipwayException unauthenticated(String message) {
        return unauthenticated(message, null);
    }

    static SlipwayException unauthenticated(String message, @Nullable Throwable cause) {
        return new SlipwayException(FailureType.UNAUTHENTICATED, message, cause);
    }

    /** The token proves something else. */
    static SlipwayException forbidden(String message) {
        return new SlipwayException(FailureType.FORBIDDEN, message);
    }
}
