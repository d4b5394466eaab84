package dev.slipway.acceptance.kubernetes;

import dev.slipway.activities.kubernetes.KubernetesReconciliationActivities;
import dev.slipway.activities.kubernetes.ServiceAccount;
import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities;
import dev.slipway.workflows.gitops.ReconciliationActivities.Observe;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Runs the activity as Temporal does, with {@code kubeconfig} for the secret of the cluster. */
final class Reconciliations implements AutoCloseable {
    private final TestActivityEnvironment temporal = TestActivityEnvironment.newInstance();
    private final KubernetesReconciliationActivities activities;
    private final ReconciliationActivities stub;
    private final List<String> summaries = new CopyOnWriteArrayList<>();

    Reconciliations(String kubeconfig) {
        this(kubeconfig, ServiceAccount.mounted("", ""));
    }

    /** {@code own}: as whom a cluster without a kubeconfig is asked. */
    Reconciliations(String kubeconfig, ServiceAccount own) {
        AddressPolicy addresses = new AddressPolicy(List.of(), true);
        activities = new KubernetesReconciliationActivities(_ -> kubeconfig, addresses, own);
        temporal.registerActivitiesImplementations(activities);
        stub = temporal.newActivityStub(
                ReconciliationActivities.class,
                ActivityOptions.newBuilder()
                        .setStartToCloseTimeout(Duration.ofMinutes(3))
                        .setRetryOptions(
                                RetryOptions.newBuilder().setMaximumAttempts(1).build())
                        .build());
    }

    static Watched watched(Reconciler reconciler, String namespace, String version, String commit, Instant pushedAt) {
        return new Watched(
                new Cluster("test", "kubeconfig"),
                reconciler,
                namespace,
                "shop",
                "shop",
                "charts/shop",
                version,
                commit,
                "main",
                pushedAt,
                false);
    }

    /** In the cluster that Slipway runs in. */
    static Watched inOwnCluster(Watched watched) {
        return new Watched(
                new Cluster("own", null),
                watched.reconciler(),
                watched.namespace(),
                watched.name(),
                watched.chart(),
                watched.path(),
                watched.version(),
                watched.commit(),
                watched.branch(),
                watched.pushedAt(),
                watched.nudge());
    }

    static Watched nudged(Watched watched) {
        return new Watched(
                watched.cluster(),
                watched.reconciler(),
                watched.namespace(),
                watched.name(),
                watched.chart(),
                watched.path(),
                watched.version(),
                watched.commit(),
                watched.branch(),
                watched.pushedAt(),
                true);
    }

    /** What comes next, other than {@code seen}. */
    Observation next(Watched watched, @Nullable String seen) {
        return stub.observe(new Observe(watched, Instant.now(), seen));
    }

    /** Watches until it is over. */
    Observation end(Watched watched) {
        String seen = null;
        while (true) {
            Observation observation = next(watched, seen);
            if (!(observation instanceof Observation.Progressing(var summary))) {
                return observation;
            }
            summaries.add(summary);
            seen = summary;
        }
    }

    /** What was told on the way. */
    List<String> summaries() {
        return new ArrayList<>(summaries);
    }

    void cancel() {
        temporal.requestCancelActivity();
    }

    @Override
    public void close() {
        activities.close();
        temporal.close();
    }
}
