package dev.slipway.core.failure;

import dev.slipway.core.message.Message;

/** A failure of the catalogue with what an operator needs to know: what, on which object, what was seen, what to do. */
public record Failure(FailureType type, Message detail) {
    /** One whose words come from outside the catalogue of messages: an activity, an agent, a remote. */
    public Failure(FailureType type, String words) {
        this(type, Message.text(words));
    }

    /** The detail in English. */
    public String message() {
        return detail.toString();
    }
}
