package dev.slipway.store.timeline;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** An event as it stands in its table, with the phase that it brought the deployment to. */
record EventRow(
        TimelineEvent event,
        Phase phase,
        boolean waiting,
        String type,
        String status,
        @Nullable String target,
        @Nullable Integer attempt,
        @Nullable Digest previousDigest,
        @Nullable Failure failure,
        @Nullable String commit) {
    private static final String DEPLOYMENT = "deployment";
    private static final String TASK = "task";

    static EventRow of(TimelineEvent event, Projection.Deployment after) {
        return switch (event.change()) {
            case Change.OfDeployment of -> row(event, after, DEPLOYMENT, of.status(), of.failure(), of.commit());
            case Change.Ended of -> row(event, after, StoredEvent.END, of.status(), of.failure(), null);
            case Change.OfTask of ->
                new EventRow(
                        event,
                        after.phase(),
                        after.waiting(),
                        TASK,
                        Columns.word(of.status()),
                        of.target(),
                        of.attempt(),
                        of.previousDigest(),
                        of.failure(),
                        null);
        };
    }

    private static EventRow row(
            TimelineEvent event,
            Projection.Deployment after,
            String type,
            String status,
            @Nullable Failure failure,
            @Nullable String commit) {
        return new EventRow(event, after.phase(), after.waiting(), type, status, null, null, null, failure, commit);
    }

    /** The event that a row was made of. */
    static TimelineEvent event(ResultSet row) throws SQLException {
        return new TimelineEvent(
                row.getString("event_id"),
                Columns.instant(row, "at"),
                change(row),
                Columns.json(row, "message", Message.class),
                new Actor(row.getString("actor")));
    }

    private static Change change(ResultSet row) throws SQLException {
        Failure failure = Columns.failure(row);
        String status = row.getString("status");
        return switch (row.getString("type")) {
            case DEPLOYMENT ->
                new Change.OfDeployment(status, row.getBoolean("waiting"), failure, row.getString("commit"));
            case TASK ->
                new Change.OfTask(
                        row.getString("target"),
                        Columns.word(row, "status", TaskStatus.class),
                        row.getInt("attempt"),
                        Columns.digestOrNull(row, "previous_digest"),
                        failure);
            default -> new Change.Ended(status, failure);
        };
    }
}
