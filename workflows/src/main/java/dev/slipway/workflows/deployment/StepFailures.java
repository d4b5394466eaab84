package dev.slipway.workflows.deployment;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.message.Message;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;
import java.util.function.Function;

/** What went wrong in an activity, as a failure of the catalogue. */
public final class StepFailures {
    private StepFailures() {}

    /**
     * Never called for a cancellation, which is not a failure. {@code ofTimeout} says what a timeout means; where tries
     * were made before it, the failure of the last one counts.
     */
    public static Failure of(ActivityFailure thrown, Function<TimeoutFailure, Failure> ofTimeout) {
        return switch (thrown.getCause()) {
            case ApplicationFailure failure -> of(failure);
            case TimeoutFailure timeout when timeout.getCause() instanceof ApplicationFailure failure -> of(failure);
            case TimeoutFailure timeout -> ofTimeout.apply(timeout);
            case null, default -> new Failure(FailureType.INTERNAL, Message.text(String.valueOf(thrown.getMessage())));
        };
    }

    /** Whether another try would fail in the same way. */
    public static boolean isForGood(ActivityFailure thrown) {
        return thrown.getCause() instanceof ApplicationFailure failure
                && (failure.isNonRetryable() || !type(failure).retryable());
    }

    private static Failure of(ApplicationFailure failure) {
        return new Failure(type(failure), failure.getOriginalMessage());
    }

    private static FailureType type(ApplicationFailure failure) {
        return FailureType.ofWireName(failure.getType()).orElse(FailureType.INTERNAL);
    }
}
