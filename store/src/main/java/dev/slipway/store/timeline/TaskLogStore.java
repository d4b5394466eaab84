package dev.slipway.store.timeline;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.store.Columns;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The output of tasks: bounded per task, so that one that floods leaves room for the others. */
@Repository
public class TaskLogStore {
    /** The most lines that are kept of one task. */
    public static final int LINES = 10_000;

    private static final String SLIPWAY = "slipway";

    private final JdbcClient jdbc;

    TaskLogStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Appends lines of the task of {@code target}. A line whose {@code source} and sequence are there already is passed
     * over. What goes beyond {@link #LINES} is dropped, and the last line says so.
     */
    @Transactional
    public void append(DeploymentId id, String target, String source, List<LogLine> lines) {
        // Readers resume from a position, so positions must become visible in their order: one writer at a time. Not by
        // the row of the deployment, which the timeline is waiting for.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 1))")
                .param(id.value())
                .query()
                .listOfRows();
        int room = LINES - kept(id, target);
        Map<Long, LogLine> distinct = new TreeMap<>();
        lines.forEach(line -> distinct.putIfAbsent(line.sequence(), line));
        int dropped = write(id, target, source, List.copyOf(distinct.values()), room);
        if (dropped > 0) {
            String text = "Further lines are dropped: the limit is " + LINES + " lines per task.";
            write(id, target, SLIPWAY, List.of(new LogLine(0, lines.getLast().at(), SLIPWAY, text)), 1);
        }
    }

    private int kept(DeploymentId id, String target) {
        return jdbc.sql("select log_lines from task where deployment = ? and target = ?")
                .params(id.value(), target)
                .query(Integer.class)
                .optional()
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_TARGET, "Deployment " + id + " has no target \"" + target + "\""));
    }

    private int write(DeploymentId id, String target, String source, List<LogLine> lines, int room) {
        return jdbc.sql("""
                        with fresh as (
                            select l.*, row_number() over (order by sequence) as n
                            from unnest(:sequences::bigint[], :ats::timestamptz[], :streams::text[], :texts::text[])
                                l (sequence, at, stream, text)
                            where not exists (select 1 from task_log t where t.deployment = :id and t.target = :target
                                and t.source = :source and t.sequence = l.sequence)
                        ), written as (
                            insert into task_log (deployment, position, target, source, sequence, at, stream, text)
                            select :id, n + (select coalesce(max(position), 0) from task_log where deployment = :id),
                                :target, :source, sequence, at, stream, text
                            from fresh where n <= :room
                            returning position
                        ), counted as (
                            update task set log_lines = log_lines + (select count(*) from written)
                            where deployment = :id and target = :target)
                        select count(*) from fresh where n > :room""")
                .param("id", id.value())
                .param("target", target)
                .param("source", source)
                .param("room", room)
                .param("sequences", texts(lines, line -> String.valueOf(line.sequence())))
                .param("ats", texts(lines, line -> line.at().toString()))
                .param("streams", texts(lines, LogLine::stream))
                .param("texts", texts(lines, LogLine::text))
                .query(Integer.class)
                .single();
    }

    private static String[] texts(List<LogLine> lines, Function<LogLine, String> column) {
        return lines.stream().map(column).toArray(String[]::new);
    }

    /** Up to {@code limit} lines behind {@code after}, of one target or, where {@code target} is null, of all. */
    public List<StoredLine> read(DeploymentId id, @Nullable String target, long after, int limit) {
        String ofTarget = target == null ? "" : " and target = :target";
        return jdbc.sql("select * from task_log where deployment = :id and position > :after" + ofTarget
                        + " order by position limit :limit")
                .param("id", id.value())
                .param("target", target)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> new StoredLine(
                        row.getString("target"),
                        row.getLong("position"),
                        Columns.instant(row, "at"),
                        row.getString("stream"),
                        row.getString("text")))
                .list();
    }
}
