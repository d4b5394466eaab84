package dev.slipway.activities.git;

/** What a remote said to a push. */
public sealed interface PushAnswer {
    /** The branch is there now. */
    record Taken() implements PushAnswer {}

    /** Somebody else was faster, or is just about to be. */
    record MovedOn(String reason) implements PushAnswer {}

    /**
     * A hook or a rule declined it.
     *
     * @param text what the remote said, for people
     * @param anything whether nothing else would be taken either, because the branch is protected
     */
    record Declined(String text, boolean anything) implements PushAnswer {}
}
