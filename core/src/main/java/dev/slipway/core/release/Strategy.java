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
    /** The index behind the last target of the batch that starts at {@code from}, of {@code targets} in all. */
    int batchEnd(int from, int targets);

    /** How many targets may change at the same moment. */
    int parallelism();

    /** Every target belongs to one batch, of which up to {@code parallelism} change at the same moment. */
    record AllAtOnce(int parallelism) implements Strategy {
        public static final AllAtOnce DEFAULT = new AllAtOnce(100);

        @Override
        public int batchEnd(int from, int targets) {
            return targets;
        }
    }

    /** Batch after batch, each healthy before the next begins. */
    record Rolling(BatchSize batch) implements Strategy {
        @Override
        public int batchEnd(int from, int targets) {
            return Math.min(targets, from + batch.of(targets));
        }

        @Override
        public int parallelism() {
            return AllAtOnce.DEFAULT.parallelism();
        }
    }
}
