package dev.slipway.core.timeline;

import dev.slipway.core.text.Storable;
import java.time.Instant;

/**
 * One step of a deployment's story. {@code id} is made of run id and sequence, so that writing it twice changes
 * nothing; {@code reason} is a sentence for a person. A service may have a word in it, so what the database cannot
 * keep is replaced.
 */
public record TimelineEvent(String id, Instant at, Change change, String reason) {
    public TimelineEvent {
        reason = Storable.text(reason);
    }
}
