package dev.slipway.activities.kubernetes;

import org.jspecify.annotations.Nullable;

/** How far a reconciler has come with what is awaited, by its own account. */
sealed interface Progress {
    /** It has not applied it; {@code nudge} is what to ask to look at once, null where nothing is. */
    record Waiting(String summary, @Nullable KubernetesObject nudge) implements Progress {
        Waiting(String summary) {
            this(summary, null);
        }
    }

    /** It has, as {@code summary} says. */
    record Applied(String summary) implements Progress {}

    /** It has given up. */
    record Failed(String message) implements Progress {}
}
