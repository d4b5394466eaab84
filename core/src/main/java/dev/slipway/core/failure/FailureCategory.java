package dev.slipway.core.failure;

/** Who has to act on a failure. */
public enum FailureCategory {
    /** Whoever asked: the request cannot be carried out as it stands. */
    USER,
    /** Whoever looks after the target or its node. */
    TARGET,
    /** Whoever runs Slipway. */
    PLATFORM
}
