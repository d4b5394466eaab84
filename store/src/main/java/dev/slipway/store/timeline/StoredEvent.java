package dev.slipway.store.timeline;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as readers see it. {@code sequence} counts from 1 without a gap; {@code phase} and {@code waiting} are those of
 * the deployment after the event, {@code status} that of the deployment or of the task of {@code target}.
 */
public record StoredEvent(
        int sequence,
        Instant at,
        String type,
        String status,
        String phase,
        boolean waiting,
        @Nullable String target,
        @Nullable Integer attempt,
        @Nullable String previousDigest,
        @Nullable Failure failure,
        @Nullable String commit,
        Message message,
        Actor actor) {
    static final String END = "end";

    /** Whether no event follows this one. */
    public boolean last() {
        return type.equals(END);
    }
}
