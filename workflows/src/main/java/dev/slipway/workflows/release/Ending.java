package dev.slipway.workflows.release;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.deployment.Stop;

/** Why a deployment goes no further. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Ending.Completed.class, name = "completed"),
    @JsonSubTypes.Type(value = Ending.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Ending.GivenUp.class, name = "given-up"),
    @JsonSubTypes.Type(value = Ending.Stopped.class, name = "stopped")
})
public sealed interface Ending {
    /** What the timeline says of it. */
    Message message();

    /** Every target runs the release, or was skipped. */
    record Completed(Message message) implements Ending {}

    /** A target failed for good, and touched targets are restored. */
    record Failed(Failure failure) implements Ending {
        @Override
        public Message message() {
            return failure.detail();
        }
    }

    /** It was held after a failure, and ends as it stands: no decision was made, or the next deployment took over. */
    record GivenUp(Failure failure, Message message) implements Ending {}

    /** Stopped by an order; touched targets are restored. */
    record Stopped(Stop stop) implements Ending {
        @Override
        public Message message() {
            return stop.message();
        }
    }
}
