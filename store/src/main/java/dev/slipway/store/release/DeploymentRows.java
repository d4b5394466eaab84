package dev.slipway.store.release;

import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.fleet.TargetReference;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.OnFailure;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.Strategy;
import dev.slipway.core.release.TaskReference;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;

final class DeploymentRows {
    private DeploymentRows() {}

    static Deployment deployment(ResultSet row, int number) throws SQLException {
        String rollbackOf = row.getString("rollback_of");
        return new Deployment(
                new DeploymentId(row.getString("id")),
                row.getString("environment"),
                new ReleaseReference(
                        row.getString("project"), row.getString("release_name"), row.getString("release_version")),
                Columns.word(row, "concurrency", Concurrency.class),
                Columns.json(row, "strategy", Strategy.class),
                Columns.word(row, "on_failure", OnFailure.class),
                row.getBoolean("force"),
                row.getInt("targets"),
                rollbackOf == null ? null : new DeploymentId(rollbackOf),
                Columns.word(row, "status", DeploymentStatus.class),
                row.getBoolean("waiting"),
                Columns.json(row, "message", Message.class),
                new Actor(row.getString("actor")),
                Columns.failure(row),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"));
    }

    static DeploymentTask task(ResultSet row, int number) throws SQLException {
        String previous = row.getString("previous_digest");
        return new DeploymentTask(
                row.getString("target"),
                row.getString("node"),
                row.getString("component"),
                new Digest(row.getString("digest")),
                Columns.word(row, "status", TaskStatus.class),
                row.getInt("attempt"),
                previous == null ? null : new Digest(previous),
                Columns.failure(row),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"));
    }

    static TaskReference taskReference(ResultSet row, int number) throws SQLException {
        // The column keeps the text as it was written.
        Digest specification = Digest.of(row.getString("spec"));
        return new TaskReference(
                row.getInt("index"),
                TargetReference.of(Columns.json(row, "spec", Target.class), specification),
                Columns.json(row, "artifact", Artifact.class));
    }
}
