package dev.slipway.core.release;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a deployment does once a target has failed for good. */
public enum OnFailure {
    /** It brings every target that it touched back to what ran there before. */
    @JsonProperty("rollback")
    ROLLBACK,
    /** It stops and is held for a person, who retries, skips or rolls back. */
    @JsonProperty("stop")
    STOP
}
