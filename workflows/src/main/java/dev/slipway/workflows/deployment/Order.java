package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.Actor;
import org.jspecify.annotations.Nullable;

/** What somebody wants of a deployment as a whole, and why. */
public record Order(Actor actor, @Nullable String reason) {
    /** From the Temporal UI, which sends signals without an argument, or with an empty one. */
    static Order bySignal(@Nullable String reason) {
        return new Order(Actor.TEMPORAL, reason == null || reason.isBlank() ? null : reason);
    }

    /** The same for one of its targets. */
    public record OfTarget(
            String target, Actor actor, @Nullable String reason) {}
}
