package dev.slipway.api.problem;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.FullDisk;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.TransactionSystemException;

/** Tells from an exception which of the things that the API stands on is not there. */
final class Outage {
    private static final String DATABASE_DISK_FULL = "53100";
    // Connection failures, and a server that is starting or going down.
    private static final Set<String> DATABASE_DOWN = Set.of("57P01", "57P02", "57P03", "53300");
    // Canceled by its time limit, or by that of a lock.
    private static final Set<String> DATABASE_SLOW = Set.of("57014", "55P03", "25P03");
    private static final Set<Status.Code> TEMPORAL_DOWN =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

    private Outage() {}

    static Optional<Problem> problem(Throwable thrown) {
        Optional<Problem> full = fullDisk(thrown);
        if (full.isPresent()) {
            return full;
        }
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException call
                    && TEMPORAL_DOWN.contains(call.getStatus().getCode())) {
                return Optional.of(Problem.of(
                        FailureType.TEMPORAL_UNAVAILABLE, "Temporal cannot be reached; retry shortly", null));
            }
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && DATABASE_SLOW.contains(sql.getSQLState())) {
                return Optional.of(Problem.of(
                        FailureType.DATABASE_UNAVAILABLE, "The database did not respond in time; retry shortly", null));
            }
            // A rollback or a commit fails when the connection is gone, and hides what failed before it.
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof TransactionSystemException
                    || (cause instanceof SQLException sql && down(sql))) {
                return Optional.of(Problem.of(
                        FailureType.DATABASE_UNAVAILABLE, "The database cannot be reached; retry shortly", null));
            }
        }
        return Optional.empty();
    }

    private static Optional<Problem> fullDisk(Throwable thrown) {
        for (@Nullable Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && DATABASE_DISK_FULL.equals(sql.getSQLState())) {
                return Optional.of(full("the database"));
            }
        }
        return FullDisk.isIn(thrown) ? Optional.of(full("the server")) : Optional.empty();
    }

    private static Problem full(String whose) {
        return Problem.of(
                FailureType.DISK_FULL, "The disk of " + whose + " is full. Free space on it, then retry", null);
    }

    private static boolean down(SQLException e) {
        String state = e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || (state != null && (state.startsWith("08") || DATABASE_DOWN.contains(state)));
    }
}
