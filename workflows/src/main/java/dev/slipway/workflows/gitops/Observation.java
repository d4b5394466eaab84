package dev.slipway.workflows.gitops;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.failure.Failure;

/** What is to be seen of a reconciliation. {@code summary} is a sentence for a person. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Observation.Progressing.class, name = "progressing"),
    @JsonSubTypes.Type(value = Observation.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Observation.Broken.class, name = "broken")
})
public sealed interface Observation {
    /** It is under way; {@code summary} says what is still missing. */
    record Progressing(String summary) implements Observation {}

    /** The commit is applied, and everything that it declares runs. */
    record Ready(String summary) implements Observation {}

    /** It will not become ready by waiting: the reason that a person needs. */
    record Broken(Failure failure) implements Observation {}
}
