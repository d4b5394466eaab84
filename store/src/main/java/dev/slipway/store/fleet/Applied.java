package dev.slipway.store.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What applying a document came to. */
public enum Applied {
    @JsonProperty("created")
    CREATED,
    @JsonProperty("changed")
    CHANGED,
    @JsonProperty("unchanged")
    UNCHANGED
}
