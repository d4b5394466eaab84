package dev.slipway.core.timeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.TaskStatus;
import org.jspecify.annotations.Nullable;

/** What an event changed. Statuses are wire names: which there are, the kind of the deployment knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.OfDeployment.class, name = "deployment"),
    @JsonSubTypes.Type(value = Change.OfTask.class, name = "task"),
    @JsonSubTypes.Type(value = Change.Ended.class, name = "end")
})
public sealed interface Change {
    /**
     * The deployment as a whole.
     *
     * @param waiting whether it does nothing until an operator acts (paused, or held after a failure)
     * @param commit in the IaC repository, where this event is the first to know it
     */
    record OfDeployment(
            String status,
            boolean waiting,
            @Nullable Failure failure,
            @Nullable String commit) implements Change {}

    /**
     * The task of one target. {@code attempt} counts from 1, and is 0 where a target is restored, which is no attempt of
     * its own; {@code previousDigest} is what the target ran before the deployment, as far as it is known.
     */
    record OfTask(
            String target,
            TaskStatus status,
            int attempt,
            @Nullable Digest previousDigest,
            @Nullable Failure failure) implements Change {}

    /** The last event: the workflow has closed with this status. */
    record Ended(String status, @Nullable Failure failure) implements Change {}

    /** A status that is reached, and nothing else. */
    static OfDeployment to(Status status) {
        return new OfDeployment(status.wireName(), false, null, null);
    }
}
