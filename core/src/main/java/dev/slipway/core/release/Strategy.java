package dev.slipway.core.release;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** In which order targets change. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Strategy.AllAtOnce.class, name = "all-at-once"),
    @JsonSubTypes.Type(value = Strategy.Rolling.class, name = "rolling")
})
public sealed interface Strategy {
    /** The most targets that change at the same moment: what keeps the history of a run bounded. */
    int MOST_AT_ONCE = 100;

    /** The index behind the last target of the batch that starts at {@code from}, of {@code targets} in all. */
    int batchEnd(int from, int targets);

    /** As many at a time as {@code parallelism} says, one group after the other. */
    record AllAtOnce(int parallelism) implements Strategy {
        public static final AllAtOnce DEFAULT = new AllAtOnce(MOST_AT_ONCE);

        /** For rollbacks: quick, and gentle with what all targets share. */
        public static final AllAtOnce TEN = new AllAtOnce(10);

        @Override
        public int batchEnd(int from, int targets) {
            return Math.min(targets, from + Math.clamp(parallelism, 1, MOST_AT_ONCE));
        }
    }

    /** Batch after batch, each healthy before the next begins. */
    record Rolling(BatchSize batch) implements Strategy {
        @Override
        public int batchEnd(int from, int targets) {
            return Math.min(targets, from + Math.min(batch.of(targets), MOST_AT_ONCE));
        }
    }
}
