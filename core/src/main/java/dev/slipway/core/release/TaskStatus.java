package dev.slipway.core.release;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Where the task of one target stands. What becomes of a target that is brought back is told by its deployment. */
public enum TaskStatus {
    PENDING,
    QUEUED,
    DISPATCHED,
    RUNNING,
    VERIFYING,
    SUCCEEDED,
    FAILED,
    RETRYING,
    SKIPPED,
    CANCELED,
    /** The target runs again what it ran before the deployment. */
    ROLLED_BACK;

    private static final Map<TaskStatus, Set<TaskStatus>> NEXT = new EnumMap<>(Map.of(
            PENDING, EnumSet.of(QUEUED, SKIPPED, CANCELED),
            QUEUED, EnumSet.of(DISPATCHED, SKIPPED, CANCELED),
            DISPATCHED, EnumSet.of(RUNNING, SUCCEEDED, FAILED, CANCELED),
            RUNNING, EnumSet.of(VERIFYING, FAILED, CANCELED, ROLLED_BACK),
            VERIFYING, EnumSet.of(SUCCEEDED, FAILED, CANCELED, ROLLED_BACK),
            SUCCEEDED, EnumSet.of(FAILED, ROLLED_BACK),
            FAILED, EnumSet.of(RETRYING, SKIPPED, ROLLED_BACK),
            RETRYING, EnumSet.of(QUEUED, CANCELED),
            SKIPPED, EnumSet.of(ROLLED_BACK),
            CANCELED, EnumSet.of(ROLLED_BACK, FAILED)));

    /** Whether the table allows {@code next} directly after this status. */
    public boolean canBecome(TaskStatus next) {
        return NEXT.getOrDefault(this, Set.of()).contains(next);
    }

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
