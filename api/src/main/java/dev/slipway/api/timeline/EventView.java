package dev.slipway.api.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.store.timeline.StoredEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event. {@code status} is that of the task for events of the type task, else that of the deployment; {@code phase}
 * and {@code waiting} are always those of the deployment. {@code commit}: the one that a GitOps deployment has pushed.
 */
record EventView(
        int sequence,
        Instant at,
        String type,
        String status,
        String phase,
        boolean waiting,
        @Nullable String target,
        @Nullable Integer attempt,
        @Nullable String previousDigest,
        @Nullable String error,
        @Nullable String errorType,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String commit,

        String reason) {
    static EventView of(StoredEvent event) {
        return new EventView(
                event.sequence(),
                event.at(),
                event.type(),
                event.status(),
                event.phase(),
                event.waiting(),
                event.target(),
                event.attempt(),
                event.previousDigest(),
                event.error(),
                event.errorType(),
                event.commit(),
                event.reason());
    }
}
