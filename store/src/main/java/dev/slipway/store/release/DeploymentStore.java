package dev.slipway.store.release;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.store.Columns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deployments and their tasks, for whoever reads them. {@link DeploymentAcceptance} makes them, the timeline moves them on. */
@Repository
public class DeploymentStore {
    private static final int NAMED = 5;

    private final JdbcClient jdbc;
    private final IdempotencyKeys keys;

    DeploymentStore(JdbcClient jdbc, IdempotencyKeys keys) {
        this.jdbc = jdbc;
        this.keys = keys;
    }

    public Optional<Deployment> find(DeploymentId id) {
        return jdbc.sql("select * from deployment where id = ?")
                .param(id.value())
                .query(DeploymentRows::deployment)
                .optional();
    }

    /** The one deployment whose id begins with {@code prefix}; fails with {@code UnknownDeployment}, also where there are several. */
    public Deployment findByPrefix(DeploymentId prefix) {
        // "~" sorts behind every character of an id.
        List<Deployment> found = jdbc.sql("select * from deployment where id >= ? and id < ? order by id limit ?")
                .params(prefix.value(), prefix.value() + "~", NAMED)
                .query(DeploymentRows::deployment)
                .list();
        if (found.isEmpty()) {
            throw new SlipwayException(FailureType.UNKNOWN_DEPLOYMENT, "There is no deployment \"" + prefix + "\"");
        }
        if (found.size() > 1 && !found.getFirst().id().equals(prefix)) {
            throw new SlipwayException(
                    FailureType.UNKNOWN_DEPLOYMENT,
                    "\"" + prefix + "\" is not unique; write more of the id of the one you mean: "
                            + String.join(
                                    ", ",
                                    found.stream().map(d -> d.id().value()).toList())
                            + (found.size() == NAMED ? ", …" : ""));
        }
        return found.getFirst();
    }

    /** Deployments, the newest first. */
    public List<Deployment> list(DeploymentFilter filter) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        List<Object> values = new ArrayList<>();
        restrict(conditions, values, "environment = ?", filter.environment());
        restrict(conditions, values, "status = ?", filter.status() == null ? null : Columns.word(filter.status()));
        restrict(
                conditions,
                values,
                "id < ?",
                filter.before() == null ? null : filter.before().value());
        values.add(filter.limit());
        return jdbc.sql("select * from deployment where " + String.join(" and ", conditions)
                        + " order by id desc limit ?")
                .params(values)
                .query(DeploymentRows::deployment)
                .list();
    }

    private static void restrict(
            List<String> conditions, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition);
            values.add(value);
        }
    }

    /** The tasks of a deployment, in the order of its plan. */
    public List<DeploymentTask> tasks(DeploymentId id) {
        return jdbc.sql("select * from task where deployment = ? order by index")
                .param(id.value())
                .query(DeploymentRows::task)
                .list();
    }

    public boolean hasTarget(DeploymentId id, String target) {
        return jdbc.sql("select exists (select 1 from task where deployment = ? and target = ?)")
                .params(id.value(), target)
                .query(Boolean.class)
                .single();
    }

    /**
     * Tasks as they were planned, in the order of {@code indexes}: the first, and those behind it up to so many characters
     * in all.
     */
    public List<PlannedTask> findPlan(DeploymentId id, List<Integer> indexes, int characters) {
        return jdbc.sql("""
                        select index, spec, artifact from (
                            select task.*, n, sum(length(spec::text)) over (order by n) as size
                            from task join unnest(:indexes::int[]) with ordinality wanted (i, n) on index = i
                            where deployment = :id) sized
                        where n = 1 or size <= :characters order by n""")
                .param("id", id.value())
                .param("indexes", indexes.toArray(Integer[]::new))
                .param("characters", characters)
                .query(DeploymentRows::plannedTask)
                .list();
    }

    /** What to roll back to: the release of the latest completed deployment of the environment that is not {@code release}. */
    public Optional<ReleaseReference> latestCompletedOther(String environment, ReleaseReference release) {
        return jdbc.sql("""
                        select release_name, release_version from deployment
                        where environment = ? and status = 'completed'
                            and (release_name, release_version) <> (?, ?)
                        order by ended_at desc nulls first limit 1""")
                .params(environment, release.name(), release.version())
                .query((row, _) -> new ReleaseReference(row.getString(1), row.getString(2)))
                .optional();
    }

    /** Deployments without an end that were accepted longer than {@code age} ago, the oldest first, those after {@code after}. */
    public List<Deployment> unfinished(Duration age, @Nullable DeploymentId after, int limit) {
        return jdbc.sql("""
                        select * from deployment
                        where ended_at is null and created_at < now() - make_interval(secs => ?) and id > ?
                        order by id limit ?""")
                .params(age.toMillis() / 1_000.0, after == null ? "" : after.value(), limit)
                .query(DeploymentRows::deployment)
                .list();
    }

    /** Forgets the answers to requests that are older than {@code age}. Returns how many. */
    public int forgetAnswers(Duration age) {
        return keys.forget(age);
    }
}
