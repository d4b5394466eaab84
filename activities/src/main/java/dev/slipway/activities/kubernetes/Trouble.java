package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.Nullable;

/** Why a workload will not become ready by waiting. {@code logs}: whose last words help; null for nobody's. */
record Trouble(String message, Verdict.@Nullable Container logs) {
    Trouble(String message) {
        this(message, null);
    }
}
