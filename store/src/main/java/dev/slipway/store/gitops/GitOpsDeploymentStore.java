package dev.slipway.store.gitops;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.gitops.ChartVersion;
import dev.slipway.core.gitops.GitOpsPlan;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.Job;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.message.Message;
import dev.slipway.store.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** GitOps deployments. They are made here, and moved on by the timeline. */
@Repository
public class GitOpsDeploymentStore {
    private static final String SELECT =
            "select * from deployment join gitops_deployment on gitops_deployment.deployment = id ";

    private final JdbcClient jdbc;

    GitOpsDeploymentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Writes the deployment, within the transaction in which it is accepted. */
    @Transactional
    public GitOpsDeployment insert(NewGitOpsDeployment asked) {
        jdbc.sql("""
                        insert into deployment (id, kind, environment, rollback_of, status, message, actor, events)
                        values (?, ?, ?, nullif(?, ''), ?, ?::json, ?, 1)""")
                .params(
                        asked.id().value(),
                        Columns.word(DeploymentKind.GITOPS),
                        asked.plan().environment().toString(),
                        Objects.toString(asked.rollbackOf(), ""),
                        Columns.word(GitOpsStatus.PENDING),
                        Columns.json(asked.message()),
                        asked.actor().name())
                .update();
        jdbc.sql("""
                        insert into gitops_deployment (deployment, chart, version, digest, job, plan)
                        values (?, ?, ?, ?, ?::json, ?::json)""")
                .params(
                        asked.id().value(),
                        asked.chart().chart(),
                        asked.chart().version(),
                        asked.chart().digest().value(),
                        Columns.json(asked.job()),
                        Columns.json(asked.plan()))
                .update();
        return find(asked.id()).orElseThrow();
    }

    public Optional<GitOpsDeployment> find(DeploymentId id) {
        return find(List.of(id)).stream().findFirst();
    }

    /** The GitOps deployments among these. */
    public List<GitOpsDeployment> find(List<DeploymentId> ids) {
        return jdbc.sql(SELECT + "where id = any(?)")
                .param(ids.stream().map(DeploymentId::value).toArray(String[]::new))
                .query(GitOpsDeploymentStore::deployment)
                .list();
    }

    /** What to roll back to: the latest that was deployed to the same environment and has another version or chart. */
    public Optional<GitOpsDeployment> latestDeployedOther(GitOpsDeployment than) {
        return jdbc.sql(SELECT + """
                        where environment = ? and status = 'deployed'
                            and (version, digest) <> (?, ?)
                        order by ended_at desc limit 1""")
                .params(
                        than.plan().environment().toString(),
                        than.chart().version(),
                        than.chart().digest().value())
                .query(GitOpsDeploymentStore::deployment)
                .optional();
    }

    private static GitOpsDeployment deployment(ResultSet row, int number) throws SQLException {
        String rollbackOf = row.getString("rollback_of");
        return new GitOpsDeployment(
                new DeploymentId(row.getString("id")),
                Columns.json(row, "plan", GitOpsPlan.class),
                new ChartVersion(row.getString("chart"), row.getString("version"), new Digest(row.getString("digest"))),
                Columns.json(row, "job", Job.class),
                rollbackOf == null ? null : new DeploymentId(rollbackOf),
                row.getString("iac_commit"),
                Columns.word(row, "status", GitOpsStatus.class),
                Columns.json(row, "message", Message.class),
                new Actor(row.getString("actor")),
                Columns.failure(row),
                Columns.instant(row, "created_at"),
                Columns.instantOrNull(row, "started_at"),
                Columns.instantOrNull(row, "ended_at"));
    }
}
