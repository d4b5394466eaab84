package dev.slipway.store.release;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.release.ReleaseReference;
import dev.slipway.core.release.TaskReference;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.store.deployment.DeploymentIndex;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads deployments and their tasks. {@link NewDeployments} inserts them, the timeline updates them. */
@Repository
public class DeploymentStore {
    private final JdbcClient jdbc;
    private final DeploymentIndex index;

    DeploymentStore(JdbcClient jdbc, DeploymentIndex index) {
        this.jdbc = jdbc;
        this.index = index;
    }

    public Optional<Deployment> find(DeploymentId id) {
        return jdbc.sql("select * from deployment where kind = 'release' and id = ?")
                .param(id.value())
                .query(DeploymentRows::deployment)
                .optional();
    }

    /**
     * The one release deployment whose id begins with {@code prefix}; fails with {@code UnknownDeployment}, also where
     * there are several, and with {@code NotPossibleNow} for a deployment of another kind.
     */
    public Deployment findByPrefix(DeploymentId prefix) {
        DeploymentEntry found = index.findByPrefix(prefix);
        return find(found.id())
                .orElseThrow(() -> new SlipwayException(
                        FailureType.NOT_POSSIBLE_NOW,
                        "Deployment " + found.id() + " is a deployment by "
                                + found.kind().wireName()
                                + "; only deployments of releases have targets that accept this order"));
    }

    /** The release deployments among these. */
    public List<Deployment> find(List<DeploymentId> ids) {
        return jdbc.sql("select * from deployment where kind = 'release' and id = any(?)")
                .param(ids.stream().map(DeploymentId::value).toArray(String[]::new))
                .query(DeploymentRows::deployment)
                .list();
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

    /** Tasks as they were planned, in the order of {@code indexes}. */
    public List<TaskReference> findPlan(DeploymentId id, List<Integer> indexes) {
        return jdbc.sql("""
                        select index, spec, artifact
                        from task join unnest(:indexes::int[]) with ordinality wanted (i, n) on index = i
                        where deployment = :id order by n""")
                .param("id", id.value())
                .param("indexes", indexes.toArray(Integer[]::new))
                .query(DeploymentRows::taskReference)
                .list();
    }

    /**
     * What a target of {@code node} declared when the deployment was accepted: the JSON of a
     * {@link dev.slipway.core.fleet.Target}, byte by byte what the digest of its reference is of.
     */
    public Optional<String> findSpecification(DeploymentId id, String target, String node) {
        return jdbc.sql("select spec from task where deployment = ? and target = ? and node = ?")
                .params(id.value(), target, node)
                .query(String.class)
                .optional();
    }

    /** What to roll back to: the release of the latest completed deployment of the environment that is not {@code release}. */
    public Optional<ReleaseReference> latestCompletedOther(String environment, ReleaseReference release) {
        return jdbc.sql("""
                        select project, release_name, release_version from deployment
                        where environment = ? and status = 'completed'
                            and (release_name, release_version) <> (?, ?)
                        order by ended_at desc nulls first limit 1""")
                .params(environment, release.name(), release.version())
                .query((row, _) -> new ReleaseReference(row.getString(1), row.getString(2), row.getString(3)))
                .optional();
    }
}
