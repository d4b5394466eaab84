package dev.slipway.store.fleet;

import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.fleet.Target;
import dev.slipway.core.gitops.GitOpsGround;
import dev.slipway.core.project.Environment;
import dev.slipway.store.Columns;
import dev.slipway.store.LongTransaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Environments and the targets that they declare. */
@Repository
public class EnvironmentStore {
    // The targets of an environment, ten thousand of them perhaps, are one statement.
    private static final Duration DECLARATION = Duration.ofSeconds(30);

    private static final String ALL = ":value::text is null";

    private final JdbcClient jdbc;
    private final LongTransaction limit;

    EnvironmentStore(JdbcClient jdbc, LongTransaction limit) {
        this.jdbc = jdbc;
        this.limit = limit;
    }

    /** Makes the environments what is declared, all or none of them. The answers come in the order of the declarations. */
    @Transactional
    public List<Applied> apply(List<Environment> declared) {
        limit.allow(DECLARATION);
        // One at a time: whether a place is free depends on every other environment.
        jdbc.sql("select pg_advisory_xact_lock(hashtext('slipway.apply'))")
                .query()
                .singleValue();
        List<Applied> results = new ArrayList<>();
        List<Environment> changed = new ArrayList<>();
        for (Environment environment : declared) {
            Optional<Environment> current = find(environment.id().toString());
            if (current.isPresent() && current.get().equals(environment)) {
                results.add(Applied.UNCHANGED);
            } else {
                results.add(current.isPresent() ? Applied.CHANGED : Applied.CREATED);
                changed.add(environment);
            }
        }
        // All places are given up before one is taken, so that environments can exchange targets.
        changed.forEach(this::clear);
        changed.forEach(this::declareTargets);
        return results;
    }

    private void clear(Environment environment) {
        jdbc.sql("""
                        insert into environment (id, project, name, concurrency, gitops, generation)
                        values (:id, :project, :name, :concurrency, :gitops::json, 1)
                        on conflict (id) do update set concurrency = excluded.concurrency, gitops = excluded.gitops,
                            generation = environment.generation + 1, changed_at = now()""")
                .param("id", environment.id().toString())
                .param("project", environment.project())
                .param("name", environment.name())
                .param("concurrency", Columns.word(environment.concurrency()))
                .param("gitops", environment.gitops() == null ? null : Columns.json(environment.gitops()))
                .update();
        jdbc.sql("delete from target where environment = ?")
                .param(environment.id().toString())
                .update();
    }

    private void declareTargets(Environment environment) {
        requireFreePlaces(environment);
        List<Target> targets = environment.targets();
        jdbc.sql("""
                        insert into target (environment, position, name, place, spec)
                        select ?, position, name, place, spec::json
                        from unnest(?::text[], ?::text[], ?::text[]) with ordinality t (name, place, spec, position)""")
                .params(
                        environment.id().toString(),
                        targets.stream().map(Target::name).toArray(String[]::new),
                        targets.stream().map(Target::place).toArray(String[]::new),
                        targets.stream().map(Columns::json).toArray(String[]::new))
                .update();
    }

    private void requireFreePlaces(Environment environment) {
        List<Target> targets = environment.targets();
        Map<String, String> taken = new LinkedHashMap<>();
        jdbc.sql("select place, name, environment from target where place = any(?)")
                .param(targets.stream().map(Target::place).toArray(String[]::new))
                .query(row -> {
                    taken.put(
                            row.getString("place"),
                            "target \"" + row.getString("name") + "\" of environment \"" + row.getString("environment")
                                    + "\"");
                });
        for (int i = 0; i < targets.size(); i++) {
            String holder = taken.get(targets.get(i).place());
            if (holder != null) {
                throw new InvalidInputException(
                        "Environment " + environment.id() + ": targets[" + i + "]",
                        "\"" + targets.get(i).name() + "\" shares "
                                + targets.get(i).place() + " with " + holder + "; each target needs a separate place");
            }
        }
    }

    /** The environment as it is declared now, by its id. */
    @Transactional(readOnly = true)
    public Optional<Environment> find(String id) {
        return environments("id = :value", id).stream().findFirst();
    }

    /** All environments, by id. */
    @Transactional(readOnly = true)
    public List<Environment> findAll() {
        return environments(ALL, null);
    }

    /** The environments of one project, by name. */
    @Transactional(readOnly = true)
    public List<Environment> ofProject(String project) {
        return environments("project = :value", project);
    }

    /** Those that charts are deployed to, of one project or of all. */
    @Transactional(readOnly = true)
    public List<Environment> withGitOps(@Nullable String project) {
        return environments("gitops is not null and (:value::text is null or project = :value)", project);
    }

    /** The ids of all. */
    public List<String> names() {
        return jdbc.sql("select id from environment order by id")
                .query((row, _) -> row.getString("id"))
                .list();
    }

    private List<Environment> environments(String condition, @Nullable String value) {
        Map<String, List<Target>> targets = new LinkedHashMap<>();
        for (DeclaredTarget declared : targets(condition, value)) {
            targets.computeIfAbsent(declared.environment(), _ -> new ArrayList<>())
                    .add(declared.target());
        }
        return jdbc.sql("select id, project, name, concurrency, gitops from environment where " + condition
                        + " order by id")
                .param("value", value)
                .query((row, _) -> new Environment(
                        row.getString("project"),
                        row.getString("name"),
                        Columns.word(row, "concurrency", Concurrency.class),
                        targets.getOrDefault(row.getString("id"), List.of()),
                        row.getString("gitops") == null ? null : Columns.json(row, "gitops", GitOpsGround.class)))
                .list();
    }

    /** The targets of one environment, or of all where {@code environment} is null. */
    public List<DeclaredTarget> targets(@Nullable String environment) {
        return environment == null ? targets(ALL, null) : targets("id = :value", environment);
    }

    private List<DeclaredTarget> targets(String condition, @Nullable String value) {
        return jdbc.sql("select environment, spec from target where environment in (select id from environment where "
                        + condition + ") order by environment, position")
                .param("value", value)
                .query(EnvironmentStore::target)
                .list();
    }

    private static DeclaredTarget target(ResultSet row, int number) throws SQLException {
        return new DeclaredTarget(row.getString("environment"), Columns.json(row, "spec", Target.class));
    }
}
