package dev.slipway.workflows.activity;

import dev.slipway.core.failure.FailureType;
import io.temporal.failure.ApplicationFailure;

/** Failures of the catalogue, as Temporal and the workflows that wait for them know them. */
public final class ActivityFailures {
    private ActivityFailures() {}

    /** The type is the wire name; the catalogue says whether it is tried again. */
    public static ApplicationFailure of(FailureType type, String message) {
        return ApplicationFailure.newBuilder()
                .setType(type.wireName())
                .setMessage(message)
                .setNonRetryable(!type.retryable())
                .build();
    }
}
