package dev.slipway.core.failure;

import dev.slipway.core.text.Storable;

/**
 * A failure of the catalogue with what a person needs to know: what, on which object, what was seen, what to do. Services may have
 * a word in it, so what the database cannot keep is replaced.
 */
public record Failure(FailureType type, String message) {
    public Failure {
        message = Storable.text(message);
    }
}
