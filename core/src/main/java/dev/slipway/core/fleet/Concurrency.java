package dev.slipway.core.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a deployment whose environment already has one under way. */
public enum Concurrency {
    /** It waits for its turn. */
    @JsonProperty("queue")
    QUEUE,
    /** Those that wait, and the one under way, give way to it. */
    @JsonProperty("supersede")
    SUPERSEDE,
    /** It is refused. */
    @JsonProperty("reject")
    REJECT
}
