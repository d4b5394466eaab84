package dev.slipway.api.release;

import dev.slipway.api.problem.UnprocessableException;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import dev.slipway.core.release.BatchSize;
import dev.slipway.core.release.Strategy;
import org.jspecify.annotations.Nullable;

/** The names of strategies, and what goes with them. */
final class StrategyRequest {
    private static final String ROLLING = "rolling";
    private static final String ALL_AT_ONCE = "all-at-once";

    private StrategyRequest() {}

    static Strategy read(@Nullable String strategy, @Nullable String batch) {
        return switch (strategy) {
            // A size of batches says that there are batches.
            case null -> batch == null ? Strategy.AllAtOnce.DEFAULT : rolling(batch);
            case ROLLING -> rolling(batch);
            case ALL_AT_ONCE -> {
                if (batch != null) {
                    throw new UnprocessableException("batch", "batch: requires strategy " + ROLLING + "; leave it out");
                }
                yield Strategy.AllAtOnce.DEFAULT;
            }
            default ->
                throw new InvalidInputException(
                        "strategy",
                        "invalid strategy \"" + Names.shown(strategy) + "\": expected one of " + ROLLING + ", "
                                + ALL_AT_ONCE);
        };
    }

    private static Strategy rolling(@Nullable String batch) {
        return new Strategy.Rolling(batch == null ? BatchSize.ONE : BatchSize.parse(batch));
    }

    static String name(Strategy strategy) {
        return switch (strategy) {
            case Strategy.AllAtOnce _ -> ALL_AT_ONCE;
            case Strategy.Rolling _ -> ROLLING;
        };
    }
}
