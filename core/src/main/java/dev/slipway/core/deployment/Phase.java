package dev.slipway.core.deployment;

/** What every status of every feature comes down to, for lists, colours and metrics. */
public enum Phase {
    QUEUED,
    RUNNING,
    WAITING,
    SUCCEEDED,
    FAILED,
    CANCELED,
    ROLLED_BACK
}
