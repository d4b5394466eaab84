package dev.slipway.workflows.release;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.failure.Failure;

/** Why a deployment goes no further. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Ending.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = Ending.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Ending.GivenUp.class, name = "given-up"),
    @JsonSubTypes.Type(value = Ending.Canceled.class, name = "canceled"),
    @JsonSubTypes.Type(value = Ending.RolledBack.class, name = "rolled-back")
})
public sealed interface Ending {
    /** A sentence for the timeline. */
    String reason();

    /** Every target runs the release, or was skipped by a person. */
    record Completed(String reason) implements Ending {}

    /** A target failed for good, and touched targets go back. */
    record Failed(Failure failure) implements Ending {
        @Override
        public String reason() {
            return failure.message();
        }
    }

    /** It was held after a failure, and ends as it stands: nobody came, or the next deployment did. */
    record GivenUp(Failure failure, String reason) implements Ending {}

    /** Canceled by a person, or superseded; touched targets go back. */
    record Canceled(String reason) implements Ending {}

    /** Rolled back by a person while it was under way. */
    record RolledBack(String reason) implements Ending {}
}
