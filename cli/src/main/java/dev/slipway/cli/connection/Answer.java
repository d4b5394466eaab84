package dev.slipway.cli.connection;

import org.jspecify.annotations.Nullable;

/** A complete answer of the API. */
record Answer(int status, @Nullable String retryAfter, String body) {
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Whether the server asks to come back later. */
    boolean isLater() {
        return status == 503 || status == 429;
    }
}
