package dev.slipway.core.deployment;

/** Where a deployment stands: each kind has statuses and a table of its own. */
public interface Status {
    /** The wire name of the status that every kind begins with. */
    String INITIAL = "pending";

    /** The wire name of the status that every kind has for a deployment whose workflow was ended from outside. */
    String FAILURE = "failed";

    /** Whether the table allows {@code next} directly after this status. */
    boolean canBecome(Status next);

    /** Whether nothing can follow. */
    boolean isTerminal();

    Phase phase();

    String wireName();

    /** Whether a failure that happened earlier is still shown. */
    default boolean showsFailure() {
        return switch (phase()) {
            case FAILED, CANCELED, ROLLED_BACK -> true;
            case QUEUED, RUNNING, WAITING, SUCCEEDED -> false;
        };
    }
}
