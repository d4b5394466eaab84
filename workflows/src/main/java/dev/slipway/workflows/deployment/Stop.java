package dev.slipway.workflows.deployment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.message.Message;
import org.jspecify.annotations.Nullable;

/** Why a deployment goes no further although nothing failed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Stop.Cancel.class, name = "cancel"),
    @JsonSubTypes.Type(value = Stop.Rollback.class, name = "rollback"),
    @JsonSubTypes.Type(value = Stop.Superseded.class, name = "superseded"),
    @JsonSubTypes.Type(value = Stop.PausedTooLong.class, name = "paused-too-long")
})
public sealed interface Stop {
    Actor actor();

    /** What the timeline says of it. */
    Message message();

    record Cancel(Actor actor, @Nullable String reason) implements Stop {
        @Override
        public Message message() {
            return DeploymentMessage.CANCELED.with("actor", actor, "reason", reason);
        }
    }

    /** What ran before is wanted back. */
    record Rollback(Actor actor, @Nullable String reason) implements Stop {
        @Override
        public Message message() {
            return DeploymentMessage.ROLLED_BACK.with("actor", actor, "reason", reason);
        }
    }

    /** A later deployment of the environment takes over. */
    record Superseded(String by) implements Stop {
        @Override
        public Actor actor() {
            return Actor.SLIPWAY;
        }

        @Override
        public Message message() {
            return DeploymentMessage.SUPERSEDED.with("by", by);
        }
    }

    record PausedTooLong(long days) implements Stop {
        @Override
        public Actor actor() {
            return Actor.SLIPWAY;
        }

        @Override
        public Message message() {
            return DeploymentMessage.PAUSED_TOO_LONG.with("days", days);
        }
    }
}
