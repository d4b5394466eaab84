package dev.slipway.core.deployment;

/** Where a deployment stands: each feature has statuses and a table of its own. */
public interface Status {
    /** Whether the table allows {@code next} directly after this status. */
    boolean canBecome(Status next);

    /** Whether nothing can follow. */
    boolean isTerminal();

    Phase phase();

    String wireName();
}
