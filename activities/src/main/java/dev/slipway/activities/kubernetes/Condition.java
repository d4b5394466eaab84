package dev.slipway.activities.kubernetes;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a controller says of an object in its status.
 *
 * @param changed when it began to say so
 * @param generation which specification of the object it speaks of; 0 where it does not say
 */
record Condition(String status, String reason, String message, Instant changed, long generation) {
    static Condition of(Tree tree) {
        return new Condition(
                tree.text("status").orElse(""),
                tree.text("reason").orElse(""),
                tree.text("message").orElse(""),
                tree.time("lastTransitionTime").orElse(Instant.EPOCH),
                tree.number("observedGeneration"));
    }

    boolean isTrue() {
        return status.equals("True");
    }

    boolean isFalse() {
        return status.equals("False");
    }

    boolean isSince(Instant time) {
        return isNotBefore(changed, time);
    }

    /** Kubernetes tells times in whole seconds. */
    static boolean isNotBefore(Instant seen, Instant time) {
        return !seen.isBefore(time.truncatedTo(ChronoUnit.SECONDS));
    }

    String text() {
        return message.isEmpty() ? reason : message;
    }
}
