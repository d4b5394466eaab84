package dev.slipway.store.timeline;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.message.Message;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.Columns;
import dev.slipway.store.LongTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The events of deployments. */
@Repository
public class TimelineStore {
    /** Told the id of a deployment whenever events were added to it. */
    public static final String CHANNEL = "slipway_events";

    private static final Logger log = LoggerFactory.getLogger(TimelineStore.class);

    // All events of ten thousand targets are deleted by one statement.
    private static final Duration REPLACEMENT = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final LongTransaction limit;
    private final TimelineRows rows;

    TimelineStore(JdbcClient jdbc, LongTransaction limit, TimelineRows rows) {
        this.jdbc = jdbc;
        this.limit = limit;
        this.rows = rows;
    }

    /**
     * Appends events, in their order, and moves the deployment and its tasks on. Events that are already there are passed
     * over. What is told otherwise the second time, because the workflow task that told it first was lost, takes the place
     * of all that was told from there on. An event that the status tables do not allow is kept, as a part of the story, and
     * moves nothing.
     */
    @Transactional
    public void append(DeploymentId id, List<TimelineEvent> events) {
        TimelineRows.Head head = rows.lock(id);
        TimelineRows.Known known = rows.known(id, events);
        Optional<TimelineEvent> contradicted = known.contradicted(events);
        if (contradicted.isPresent()) {
            List<TimelineEvent> kept = rows.before(id, contradicted.get().id());
            replace(id, Stream.of(kept, events));
            return;
        }
        Map<String, TimelineEvent> fresh = new LinkedHashMap<>();
        events.stream()
                .filter(event -> !known.events().containsKey(event.id()))
                .forEach(event -> fresh.putIfAbsent(event.id(), event));
        if (!fresh.isEmpty()) {
            write(id, head, known, fresh.values());
        }
    }

    private void write(
            DeploymentId id, TimelineRows.Head head, TimelineRows.Known known, Collection<TimelineEvent> fresh) {
        Projection projection = new Projection(head.kind(), head.deployment(), known.tasks());
        List<EventRow> story = new ArrayList<>();
        for (TimelineEvent event : fresh) {
            boolean moved = projection.apply(event);
            EventRow row = EventRow.of(event, projection.deployment());
            story.add(row);
            if (!moved) {
                log.warn(
                        "Deployment {}, {}: event {} ({} {}) is stored but ignored: the status table does not allow it",
                        id,
                        projection.deployment().status(),
                        event.id(),
                        row.target() == null ? row.type() : row.target(),
                        row.status());
            }
        }
        rows.write(id, head.events(), story, projection);
    }

    /**
     * Forgets the story of a deployment, and writes another, append by append as it is read; whoever reads sees the old or
     * the new.
     */
    @Transactional
    public void replace(DeploymentId id, Stream<List<TimelineEvent>> story) {
        rows.lock(id);
        limit.allow(REPLACEMENT);
        rows.forget(id);
        story.forEach(part -> append(id, part));
    }

    /** Up to {@code limit} events behind {@code after}, in their order. */
    public List<StoredEvent> read(DeploymentId id, int after, int limit) {
        return jdbc.sql("select * from event where deployment = ? and position > ? order by position limit ?")
                .params(id.value(), after, limit)
                .query(TimelineStore::event)
                .list();
    }

    /** The event that says how the deployment has ended, once it has. */
    public Optional<StoredEvent> end(DeploymentId id) {
        return jdbc.sql("select * from event where deployment = ? and type = ? order by position desc limit 1")
                .params(id.value(), StoredEvent.END)
                .query(TimelineStore::event)
                .optional();
    }

    private static StoredEvent event(ResultSet row, int number) throws SQLException {
        return new StoredEvent(
                row.getInt("position"),
                Columns.instant(row, "at"),
                row.getString("type"),
                row.getString("status"),
                row.getString("phase"),
                row.getBoolean("waiting"),
                row.getString("target"),
                attempt(row),
                row.getString("previous_digest"),
                Columns.failure(row),
                row.getString("commit"),
                Columns.json(row, "message", Message.class),
                new Actor(row.getString("actor")));
    }

    private static @Nullable Integer attempt(ResultSet row) throws SQLException {
        int attempt = row.getInt("attempt");
        return row.wasNull() ? null : attempt;
    }
}
