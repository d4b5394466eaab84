package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.workflows.activity.ActivityFailures;
import dev.slipway.workflows.activity.Pulse;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities;
import io.temporal.activity.Activity;
import java.time.Duration;

/** Looks at clusters through their API servers, with watches. It reads only, but for the nudge that is asked for. */
public final class KubernetesReconciliationActivities implements ReconciliationActivities, AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);

    private final ClusterClients clients;

    /** {@code secrets} gives the kubeconfigs that clusters name. */
    public KubernetesReconciliationActivities(SecretSource secrets) {
        this.clients = new ClusterClients(secrets, IDLE);
    }

    @Override
    public Observation observe(Observe input) {
        try (Pulse pulse = new Pulse(Activity.getExecutionContext())) {
            try (ClusterClients.Lease lease = clients.lease(input.watched().cluster());
                    Watching watching = new Watching(lease.client(), input.watched())) {
                return watching.until(input.seen());
            } catch (InterruptedException e) {
                throw pulse.stopped().orElseGet(KubernetesReconciliationActivities::interrupted);
            } catch (SlipwayException e) {
                throw pulse.stopped().orElseGet(() -> ActivityFailures.of(e.type(), String.valueOf(e.getMessage())));
            }
        }
    }

    private static RuntimeException interrupted() {
        Thread.currentThread().interrupt();
        return ActivityFailures.of(
                FailureType.CLUSTER_UNAVAILABLE,
                "Slipway was stopped while it watched the cluster. It goes on where another worker is.");
    }

    /** Closes all connections. */
    @Override
    public void close() {
        clients.close();
    }
}
