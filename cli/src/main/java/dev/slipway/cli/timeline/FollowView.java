package dev.slipway.cli.timeline;

import java.time.Instant;

/** Shows a deployment while it is followed. */
interface FollowView {
    void begin(Story story, Instant now);

    /** The event has just been folded into the story. */
    void event(Story story, Event event, Instant now);

    /** Something about the following itself, such as a lost connection. */
    void note(String message);

    /** Time passes; called several times a second. */
    void tick(Story story, Instant now);

    /** No more will come. */
    void end(Story story, Instant now);
}
