package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
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
        try (Heartbeat heartbeat = new Heartbeat(Activity.getExecutionContext())) {
            try (ClusterClients.Lease lease = clients.lease(input.watched().cluster());
                    Watching watching = new Watching(lease.client(), input.watched())) {
                return watching.until(input.seen());
            } catch (InterruptedException e) {
                throw heartbeat.stopped().orElseGet(() -> interrupted(e));
            } catch (SlipwayException e) {
                throw heartbeat.stopped().orElseGet(() -> translated(e));
            }
        }
    }

    private static RuntimeException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return translated(new SlipwayException(
                FailureType.CLUSTER_UNAVAILABLE,
                "Slipway was stopped while it watched the cluster. It goes on where another worker is.",
                e));
    }

    private static ApplicationFailure translated(SlipwayException e) {
        return ApplicationFailure.newBuilder()
                .setMessage(String.valueOf(e.getMessage()))
                .setType(e.type().wireName())
                .setNonRetryable(!e.type().retryable())
                .setCause(e)
                .build();
    }

    /** Closes all connections. */
    @Override
    public void close() {
        clients.close();
    }
}
