package dev.slipway.store.release;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.fleet.Concurrency;
import dev.slipway.core.input.Names;
import dev.slipway.core.project.Environment;
import dev.slipway.core.release.DeploymentPlanner;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.PlannedTask;
import dev.slipway.core.release.Release;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.store.Columns;
import dev.slipway.store.LongTransaction;
import dev.slipway.store.fleet.EnvironmentStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Writes deployments of releases, each within the transaction in which it is accepted. */
@Repository
public class NewDeployments {
    // The tasks of ten thousand targets are one statement.
    private static final Duration PLANNING = Duration.ofSeconds(30);

    private final JdbcClient jdbc;
    private final LongTransaction limit;
    private final EnvironmentStore environments;
    private final ReleaseStore releases;

    NewDeployments(JdbcClient jdbc, LongTransaction limit, EnvironmentStore environments, ReleaseStore releases) {
        this.jdbc = jdbc;
        this.limit = limit;
        this.environments = environments;
        this.releases = releases;
    }

    /** Writes the deployment with a task per target, as they are declared now. Fails, and writes nothing, where it is refused. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Deployment insert(NewDeployment asked) {
        Environment environment = lock(asked.environment());
        requireSameProject(asked.release(), environment);
        limit.allow(PLANNING);
        List<PlannedTask> plan = DeploymentPlanner.plan(environment, release(asked.release()));
        Deployment deployment = insert(asked, environment);
        insertTasks(asked.id(), plan);
        return deployment;
    }

    /** Whoever else deploys to the environment, or declares it anew, waits until this transaction has ended. */
    private Environment lock(String name) {
        jdbc.sql("select 1 from environment where id = ? for no key update")
                .param(name)
                .query()
                .listOfRows();
        Environment environment = environments
                .find(name)
                .orElseThrow(() -> new SlipwayException(
                        FailureType.UNKNOWN_ENVIRONMENT, "There is no environment \"" + Names.shown(name) + "\""));
        if (environment.gitops() != null) {
            throw new InvalidInputException(
                    "environment", "\"" + name + "\" has gitops instead of targets: charts from CI are deployed there");
        }
        if (environment.concurrency() == Concurrency.REJECT) {
            refuseWhileBusy(name);
        }
        return environment;
    }

    private static void requireSameProject(ReleaseReference release, Environment environment) {
        if (!release.project().equals(environment.project())) {
            throw new InvalidInputException(
                    "release",
                    "\"" + release + "\" is a release of project \"" + release.project() + "\", and environment \""
                            + environment.id() + "\" belongs to project \"" + environment.project()
                            + "\": a release is deployed in its own project");
        }
    }

    private void refuseWhileBusy(String environment) {
        // One that has failed and is held for a person gives way to the next.
        jdbc.sql("""
                        select id from deployment where environment = ? and ended_at is null
                            and not (waiting and status = 'failed') order by id limit 1""").param(environment).query(String.class).optional().ifPresent(running -> {
            throw new SlipwayException(
                    FailureType.ENVIRONMENT_BUSY,
                    "Environment \"" + environment + "\" takes one deployment at a time and " + running
                            + " is running; wait for it or cancel it");
        });
    }

    private Release release(ReleaseReference reference) {
        return releases.find(reference)
                .orElseThrow(() ->
                        new SlipwayException(FailureType.UNKNOWN_RELEASE, "There is no release \"" + reference + "\""))
                .release();
    }

    private Deployment insert(NewDeployment asked, Environment environment) {
        return jdbc.sql("""
                        insert into deployment (id, environment, release_name, release_version, concurrency, strategy,
                            on_failure, force, targets, rollback_of, status, message, actor, events)
                        values (?, ?, ?, ?, ?, ?::json, ?, ?, ?, nullif(?, ''), ?, ?::json, ?, 1)
                        returning *""")
                .params(
                        asked.id().value(),
                        asked.environment(),
                        asked.release().name(),
                        asked.release().version(),
                        Columns.word(environment.concurrency()),
                        Columns.json(asked.strategy()),
                        Columns.word(asked.onFailure()),
                        asked.force(),
                        environment.targets().size(),
                        Objects.toString(asked.rollbackOf(), ""),
                        Columns.word(DeploymentStatus.PENDING),
                        Columns.json(asked.message()),
                        asked.actor().name())
                .query(DeploymentRows::deployment)
                .single();
    }

    private void insertTasks(DeploymentId id, List<PlannedTask> plan) {
        jdbc.sql("""
                        insert into task (deployment, index, target, node, component, digest, spec, artifact, status)
                        select ?, position - 1, target, node, component, digest, spec::json, artifact::json, ?
                        from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[]) with ordinality
                            t (target, node, component, digest, spec, artifact, position)""")
                .params(
                        id.value(),
                        Columns.word(TaskStatus.PENDING),
                        texts(plan, task -> task.target().name()),
                        texts(plan, task -> task.target().node()),
                        texts(plan, task -> task.target().component()),
                        texts(plan, task -> task.artifact().digest().value()),
                        texts(plan, task -> Columns.json(task.target())),
                        texts(plan, task -> Columns.json(task.artifact())))
                .update();
    }

    private static String[] texts(List<PlannedTask> plan, Function<PlannedTask, String> part) {
        return plan.stream().map(part).toArray(String[]::new);
    }
}
