package dev.slipway.api.timeline;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.store.timeline.StoredEvent;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event. {@code status} is that of the task for events of the type task, else that of the deployment; {@code phase}
 * and {@code waiting} are always those of the deployment. {@code commit}: the one that a GitOps deployment has pushed. {@code reason}
 * are the words of {@code code} and {@code args}.
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
        @Nullable FailureType errorType,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String commit,

        String code,
        Map<String, String> args,
        Actor actor,
        String reason) {
    static EventView of(StoredEvent event) {
        Failure failure = event.failure();
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
                failure == null ? null : failure.message(),
                failure == null ? null : failure.type(),
                event.commit(),
                event.message().code(),
                event.message().args(),
                event.actor(),
                event.message().toString());
    }
}
