package dev.slipway.store.gitops;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.gitops.GitRemote;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.store.Columns;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Finds those GitOps deployments that wait for their cluster, by columns alone: plans are large, and webhooks frequent. */
@Repository
public class MonitoredCharts {
    private static final String SELECT = """
            select id, plan #> '{repository,remote}' as remote
            from deployment join gitops_deployment on gitops_deployment.deployment = id
            where status = any(:monitored) and\s""";

    private static final String[] MONITORED = Stream.of(GitOpsStatus.PUSHED, GitOpsStatus.MONITORING)
            .map(Columns::word)
            .toArray(String[]::new);

    private final JdbcClient jdbc;

    MonitoredCharts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that Flux applies to the cluster. */
    public List<DeploymentId> withFlux(@Nullable String cluster) {
        return flux(cluster, "true", "", "");
    }

    /** Those that Flux applies to the cluster by the object with this namespace and name. */
    public List<DeploymentId> withFlux(@Nullable String cluster, String namespace, String name) {
        return flux(cluster, "reconciled_namespace = :namespace and reconciled_name = :name", namespace, name);
    }

    private List<DeploymentId> flux(@Nullable String cluster, String condition, String namespace, String name) {
        return jdbc.sql(SELECT + "reconciler = :flux and cluster is not distinct from :cluster::text and " + condition)
                .param("monitored", MONITORED)
                .param("flux", Columns.word(Reconciler.FLUX))
                .param("cluster", cluster)
                .param("namespace", namespace)
                .param("name", name)
                .query((row, _) -> new DeploymentId(row.getString("id")))
                .list();
    }

    /** Those whose commits are in the branch of the IaC repository, where its remote is {@code wanted}. */
    public List<DeploymentId> inBranch(String iacRepository, String branch, Predicate<GitRemote> wanted) {
        return jdbc
                .sql(SELECT + "iac_repository = :repository and iac_branch = :branch")
                .param("monitored", MONITORED)
                .param("repository", iacRepository)
                .param("branch", branch)
                .query((row, _) -> wanted.test(Columns.json(row, "remote", GitRemote.class))
                        ? Stream.of(new DeploymentId(row.getString("id")))
                        : Stream.<DeploymentId>empty())
                .list()
                .stream()
                .flatMap(found -> found)
                .toList();
    }
}
