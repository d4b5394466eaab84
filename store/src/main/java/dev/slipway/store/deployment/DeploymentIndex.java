package dev.slipway.store.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds deployments, of whichever kind they are. */
@Repository
public class DeploymentIndex {
    private static final int NAMED = 5;

    private final JdbcClient jdbc;

    DeploymentIndex(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The one deployment whose id begins with {@code prefix}; fails with {@code UnknownDeployment}, also where there are several. */
    public DeploymentEntry findByPrefix(DeploymentId prefix) {
        // "~" sorts behind every character of an id.
        List<DeploymentEntry> found = jdbc.sql("select * from deployment where id >= ? and id < ? order by id limit ?")
                .params(prefix.value(), prefix.value() + "~", NAMED)
                .query(DeploymentIndex::entry)
                .list();
        if (found.isEmpty()) {
            throw new SlipwayException(FailureType.UNKNOWN_DEPLOYMENT, "There is no deployment \"" + prefix + "\"");
        }
        if (found.size() > 1 && !found.getFirst().id().equals(prefix)) {
            throw new SlipwayException(
                    FailureType.UNKNOWN_DEPLOYMENT,
                    "\"" + prefix + "\" is ambiguous; use a longer prefix. Matches: "
                            + found.stream().map(d -> d.id().value()).collect(Collectors.joining(", "))
                            + (found.size() == NAMED ? ", …" : ""));
        }
        return found.getFirst();
    }

    /** Deployments, the newest first. */
    public List<DeploymentEntry> list(DeploymentFilter filter) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        List<Object> values = new ArrayList<>();
        restrict(conditions, values, "environment = ?", filter.environment());
        restrict(conditions, values, "project = ?", filter.project());
        restrict(conditions, values, "status = ?", filter.status());
        restrict(
                conditions,
                values,
                "id < ?",
                filter.before() == null ? null : filter.before().value());
        values.add(filter.limit());
        return jdbc.sql("select * from deployment where " + String.join(" and ", conditions)
                        + " order by id desc limit ?")
                .params(values)
                .query(DeploymentIndex::entry)
                .list();
    }

    private static void restrict(
            List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    /** Deployments without an end that were accepted longer than {@code age} ago, the oldest first, those after {@code after}. */
    public List<DeploymentEntry> unfinished(Duration age, @Nullable DeploymentId after, int limit) {
        return jdbc.sql("""
                        select * from deployment
                        where ended_at is null and created_at < now() - make_interval(secs => ?) and id > ?
                        order by id limit ?""")
                .params(age.toMillis() / 1_000.0, after == null ? "" : after.value(), limit)
                .query(DeploymentIndex::entry)
                .list();
    }

    private static DeploymentEntry entry(ResultSet row, int number) throws SQLException {
        return new DeploymentEntry(
                new DeploymentId(row.getString("id")),
                Columns.word(row, "kind", DeploymentKind.class),
                row.getString("environment"),
                row.getObject("started_at") != null,
                row.getObject("ended_at") != null);
    }
}
