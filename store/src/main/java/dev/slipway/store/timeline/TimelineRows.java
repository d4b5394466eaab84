package dev.slipway.store.timeline;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The three statements of an append: every step of every target makes them, so there are no more. And the one that forgets. */
@Repository
class TimelineRows {
    private final JdbcClient jdbc;

    TimelineRows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Where the deployment stands; nobody else can append to it until the transaction has ended. */
    Head lock(DeploymentId id) {
        return jdbc.sql("select * from deployment where id = ? for no key update")
                .param(id.value())
                .query((row, _) -> new Head(
                        kind(row),
                        row.getInt("events"),
                        new Projection.Deployment(
                                status(row),
                                row.getBoolean("waiting"),
                                Columns.json(row, "message", Message.class),
                                Columns.failure(row),
                                Columns.instantOrNull(row, "started_at"),
                                Columns.instantOrNull(row, "ended_at"))))
                .optional()
                .orElseThrow(() ->
                        new SlipwayException(FailureType.UNKNOWN_DEPLOYMENT, "There is no deployment \"" + id + "\""));
    }

    private static DeploymentKind kind(ResultSet row) throws SQLException {
        return Columns.word(row, "kind", DeploymentKind.class);
    }

    private static Status status(ResultSet row) throws SQLException {
        return kind(row).status(row.getString("status"));
    }

    /** Takes the deployment back to when it was accepted, which its first event tells. */
    void forget(DeploymentId id) {
        jdbc.sql("""
                        with story as (
                            delete from event where deployment = :id and position > 1
                        ), moved as (
                            update task set status = 'pending', attempt = 0, previous_digest = null, error = null,
                                error_type = null, started_at = null, ended_at = null
                            where deployment = :id
                        ), uncommitted as (
                            update gitops_deployment set iac_commit = null where deployment = :id)
                        update deployment set events = 1, status = 'pending', waiting = false, error = null,
                            error_type = null, started_at = null, ended_at = null,
                            message = (select message from event where deployment = :id and position = 1)
                        where id = :id""").param("id", id.value()).update();
    }

    /** Which of the events are there already, and the tasks that they speak of. */
    Known known(DeploymentId id, List<TimelineEvent> events) {
        Map<String, TimelineEvent> told = new HashMap<>();
        Map<String, Projection.Task> tasks = new HashMap<>();
        jdbc.sql("""
                        select event_id, at, type, waiting, message, actor, target, status, attempt, previous_digest, error,
                            error_type, commit, null::timestamptz as started_at, null::timestamptz as ended_at
                        from event where deployment = :id and event_id = any(:events)
                        union all
                        select null, null, null, false, null, null, target, status, attempt, previous_digest, error, error_type,
                            null, started_at, ended_at
                        from task where deployment = :id and target = any(:targets)""")
                .param("id", id.value())
                .param("events", texts(events, TimelineEvent::id))
                .param(
                        "targets",
                        texts(events, event -> event.change() instanceof Change.OfTask task ? task.target() : null))
                .query(row -> {
                    String event = row.getString("event_id");
                    if (event != null) {
                        told.put(event, EventRow.event(row));
                    } else {
                        tasks.put(row.getString("target"), task(row));
                    }
                });
        return new Known(told, tasks);
    }

    /** What was told after the deployment was accepted, and before the event with this id. */
    List<TimelineEvent> before(DeploymentId id, String event) {
        return jdbc.sql("""
                        select * from event
                        where deployment = :id and position > 1
                            and position < (select position from event where deployment = :id and event_id = :event)
                        order by position""")
                .param("id", id.value())
                .param("event", event)
                .query((row, _) -> EventRow.event(row))
                .list();
    }

    void write(DeploymentId id, int position, List<EventRow> story, Projection projection) {
        Projection.Deployment deployment = projection.deployment();
        Collection<Projection.Task> tasks = projection.moved().values();
        jdbc.sql("""
                        with story as (
                            insert into event (deployment, position, event_id, at, type, status, phase, waiting, target,
                                attempt, previous_digest, error, error_type, commit, message, actor)
                            select :id, :position + n, e, at, type, s, p, w, t, a, d, f::json, ft, c, m::json, who
                            from unnest(:events::text[], :ats::timestamptz[], :types::text[], :statuses::text[],
                                :phases::text[], :waitings::boolean[], :targets::text[], :attempts::int[],
                                :previous::text[], :errors::text[], :errorTypes::text[], :commits::text[],
                                :messages::text[], :actors::text[])
                                with ordinality u (e, at, type, s, p, w, t, a, d, f, ft, c, m, who, n)
                        ), moved as (
                            update task set status = s, attempt = a, previous_digest = d, error = f::json, error_type = ft,
                                started_at = b, ended_at = e
                            from unnest(:taskTargets::text[], :taskStatuses::text[], :taskAttempts::int[],
                                :taskPrevious::text[], :taskErrors::text[], :taskErrorTypes::text[],
                                :taskStarts::timestamptz[], :taskEnds::timestamptz[]) u (t, s, a, d, f, ft, b, e)
                            where deployment = :id and target = t
                        ), undone as (
                            update task set status = 'canceled', ended_at = :endedAt::timestamptz
                            where deployment = :id and :endedAt::timestamptz is not null
                                and status <> all (:done::text[]) and target <> all (:taskTargets::text[])
                        ), committed as (
                            update gitops_deployment set iac_commit = :commit::text
                            where deployment = :id and :commit::text is not null
                        ), head as (
                            update deployment set events = :position + :count, status = :status, waiting = :waiting,
                                message = :message::json, error = :error::json, error_type = :errorType,
                                started_at = :startedAt::timestamptz, ended_at = :endedAt::timestamptz
                            where id = :id)
                        select pg_notify(:channel, :id)""")
                .param("id", id.value())
                .param("channel", TimelineStore.CHANNEL)
                .param("position", position)
                .param("count", story.size())
                .param("events", texts(story, row -> row.event().id()))
                .param("ats", texts(story, row -> row.event().at()))
                .param("types", texts(story, EventRow::type))
                .param("statuses", texts(story, EventRow::status))
                .param("phases", texts(story, EventRow::phase))
                .param("waitings", texts(story, EventRow::waiting))
                .param("targets", texts(story, EventRow::target))
                .param("attempts", texts(story, EventRow::attempt))
                .param("previous", texts(story, EventRow::previousDigest))
                .param("errors", texts(story, row -> Columns.detail(row.failure())))
                .param("errorTypes", texts(story, row -> Columns.type(row.failure())))
                .param("commits", texts(story, EventRow::commit))
                .param("commit", lastCommit(story))
                .param("messages", texts(story, row -> Columns.json(row.event().message())))
                .param("actors", texts(story, row -> row.event().actor()))
                .param("taskTargets", texts(projection.moved().keySet(), target -> target))
                .param("taskStatuses", texts(tasks, task -> Columns.word(task.status())))
                .param("taskAttempts", texts(tasks, Projection.Task::attempt))
                .param("taskPrevious", texts(tasks, Projection.Task::previousDigest))
                .param("taskErrors", texts(tasks, task -> Columns.detail(task.failure())))
                .param("taskErrorTypes", texts(tasks, task -> Columns.type(task.failure())))
                .param("taskStarts", texts(tasks, Projection.Task::startedAt))
                .param("taskEnds", texts(tasks, Projection.Task::endedAt))
                .param("done", texts(Projection.Task.DONE, Columns::word))
                .param("status", Columns.word(deployment.status()))
                .param("waiting", deployment.waiting())
                .param("message", Columns.json(deployment.message()))
                .param("error", Columns.detail(deployment.failure()))
                .param("errorType", Columns.type(deployment.failure()))
                .param("startedAt", Columns.timestamp(deployment.startedAt()))
                .param("endedAt", Columns.timestamp(deployment.endedAt()))
                .query()
                .singleValue();
    }

    private static @Nullable String lastCommit(List<EventRow> story) {
        String last = null;
        for (EventRow row : story) {
            last = row.commit() == null ? last : row.commit();
        }
        return last;
    }

    private static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable Object> column) {
        return rows.stream()
                .map(row -> Objects.toString(column.apply(row), null))
                .toArray(String[]::new);
    }

    private static Projection.Task task(ResultSet row) throws SQLException {
        return new Projection.Task(
                Columns.word(row, "status", TaskStatus.class),
                row.getInt("attempt"),
                Columns.digestOrNull(row, "previous_digest"),
                Columns.failure(row),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"));
    }

    /** The deployment before an append, and how many events it has. */
    record Head(DeploymentKind kind, int events, Projection.Deployment deployment) {}

    /** Events that are there, by their ids, and tasks by target. */
    record Known(Map<String, TimelineEvent> events, Map<String, Projection.Task> tasks) {
        /** The first of the events that is there and says something else. */
        Optional<TimelineEvent> contradicted(List<TimelineEvent> told) {
            return told.stream()
                    .filter(event -> !events.getOrDefault(event.id(), event).equals(event))
                    .findFirst();
        }
    }
}
