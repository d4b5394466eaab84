package dev.slipway.core.deployment;

import dev.slipway.core.message.MessageCode;

/** What deployments of every kind have to say. */
public enum DeploymentMessage implements MessageCode {
    ACCEPTED,
    ROLLBACK_ACCEPTED,
    LOCK_ACQUIRED,
    CANCELED,
    ROLLED_BACK,
    SUPERSEDED,
    PAUSED,
    STILL_PAUSED,
    PAUSED_TOO_LONG,
    RESUMED,
    WAITED_TOO_LONG,
    ENVIRONMENT_BUSY,
    WORKFLOW_ENDED,
    WORKFLOW_LOST,
    PAYLOAD_UNREADABLE,
    ORDER_TOO_LATE,
    ORDER_OVERTAKEN,
    ORDER_NOT_POSSIBLE,
    ORDER_UNSUPPORTED
}
