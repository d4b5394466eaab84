package dev.slipway.workflows;

import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How the short activities run that the worker does itself. */
public final class ControlPlaneOptions {
    private static final Duration ONE_CALL = Duration.ofSeconds(10);

    /** Longer than any outage that a deployment should survive; then the read model is left to the sweep. */
    private static final Duration OUTAGE = Duration.ofHours(24);

    // Past this, a retry waits on a durable timer, and the workflow hears signals meanwhile.
    private static final Duration LONGEST_WAIT_IN_TASK = Duration.ofSeconds(2);

    /** They go on trying while the database or Temporal is away. */
    public static final LocalActivityOptions UNTIL_IT_IS_DONE = LocalActivityOptions.newBuilder()
            .setStartToCloseTimeout(ONE_CALL)
            .setScheduleToCloseTimeout(OUTAGE)
            .setLocalRetryThreshold(LONGEST_WAIT_IN_TASK)
            .setRetryOptions(RetryOptions.newBuilder()
                    .setInitialInterval(Duration.ofMillis(200))
                    .setMaximumInterval(Duration.ofSeconds(10))
                    .build())
            .build();

    private ControlPlaneOptions() {}
}
