package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TimeoutFailure;

/** What went wrong in a step, in the words of the catalogue. */
final class GitOpsFailures {
    private GitOpsFailures() {}

    /** Never called for a cancellation, which is not a failure. {@code step} begins the sentence about a timeout. */
    static Failure of(ActivityFailure thrown, String step) {
        return switch (thrown.getCause()) {
            case ApplicationFailure failure -> of(failure);
            case TimeoutFailure timeout when timeout.getCause() instanceof ApplicationFailure failure -> of(failure);
            case TimeoutFailure _ ->
                new Failure(
                        FailureType.STEP_TIMED_OUT,
                        step + " did not end in time. See slipway history, then try again.");
            case null, default -> new Failure(FailureType.INTERNAL, step + ": " + thrown.getMessage());
        };
    }

    /** Whether another try would fail in the same way. */
    static boolean isForGood(ActivityFailure thrown) {
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
