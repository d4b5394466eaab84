package dev.slipway.core.fleet;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.artifact.Artifact;

/** What a target is to run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Desired.Fresh.class, name = "fresh"),
    @JsonSubTypes.Type(value = Desired.Recorded.class, name = "recorded")
})
public sealed interface Desired {
    /** An artifact, with the target's configuration as it is declared now. */
    record Fresh(Artifact artifact, String version) implements Desired {}

    /** A revision that the target ran before, with the configuration that it ran with. */
    record Recorded(Revision revision) implements Desired {}
}
