package dev.slipway.activities.git;

/** Hears what is about to be done. It throws where that is not wanted any more. */
@FunctionalInterface
public interface Heartbeat {
    void beat(String step);
}
