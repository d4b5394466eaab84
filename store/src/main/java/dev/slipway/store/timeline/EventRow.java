package dev.slipway.store.timeline;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentKind;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.release.DeploymentStatus;
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
        Phase phase = after.phase();
        boolean waiting = after.waiting();
        return switch (event.change()) {
            case Change.OfWhole of ->
                new EventRow(
                        event,
                        phase,
                        waiting,
                        DEPLOYMENT,
                        of.status().wireName(),
                        null,
                        null,
                        null,
                        of.failure(),
                        of instanceof Change.OfGitOps gitOps ? gitOps.commit() : null);
            case Change.OfTask of ->
                new EventRow(
                        event,
                        phase,
                        waiting,
                        TASK,
                        Columns.word(of.status()),
                        of.target(),
                        of.attempt(),
                        of.previousDigest(),
                        of.failure(),
                        null);
            case Change.End end ->
                new EventRow(
                        event,
                        phase,
                        waiting,
                        StoredEvent.END,
                        end.status().wireName(),
                        null,
                        null,
                        null,
                        end.failure(),
                        null);
        };
    }

    /** The event that a row was made of; {@code kind} is that of its deployment. */
    static TimelineEvent event(ResultSet row, DeploymentKind kind) throws SQLException {
        return new TimelineEvent(
                row.getString("event_id"), Columns.instant(row, "at"), change(row, kind), row.getString("reason"));
    }

    private static Change change(ResultSet row, DeploymentKind kind) throws SQLException {
        Failure failure = Columns.failure(row);
        return switch (row.getString("type")) {
            case DEPLOYMENT ->
                switch (kind) {
                    case RELEASE ->
                        new Change.OfDeployment(
                                Columns.word(row, "status", DeploymentStatus.class),
                                row.getBoolean("waiting"),
                                failure);
                    case GITOPS ->
                        new Change.OfGitOps(
                                Columns.word(row, "status", GitOpsStatus.class), row.getString("commit"), failure);
                };
            case TASK ->
                new Change.OfTask(
                        row.getString("target"),
                        Columns.word(row, "status", TaskStatus.class),
                        row.getInt("attempt"),
                        Columns.digestOrNull(row, "previous_digest"),
                        failure);
            default ->
                switch (kind) {
                    case RELEASE -> new Change.Ended(Columns.word(row, "status", DeploymentStatus.class), failure);
                    case GITOPS -> new Change.GitOpsEnded(Columns.word(row, "status", GitOpsStatus.class), failure);
                };
        };
    }
}
