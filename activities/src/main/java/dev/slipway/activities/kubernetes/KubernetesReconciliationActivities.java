package dev.slipway.activities.kubernetes;

import dev.slipway.activities.net.AddressPolicy;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.secret.SecretSource;
import dev.slipway.workflows.activity.ActivityFailures;
import dev.slipway.workflows.activity.Pulse;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities;
import io.temporal.activity.Activity;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

/** Looks at clusters through their API servers, with watches. It reads only, but for the nudge that is asked for. */
public final class KubernetesReconciliationActivities implements ReconciliationActivities, AutoCloseable {
    private static final Duration IDLE = Duration.ofMinutes(5);

    // Name services fail for a moment; a name that nobody has ever known is misspelt.
    private static final Duration LOOKUP = Duration.ofMinutes(1);

    private final ClusterClients clients;

    /**
     * @param secrets gives the kubeconfigs that clusters name
     * @param addresses where those may lead
     * @param own who asks where a cluster has no kubeconfig
     */
    public KubernetesReconciliationActivities(SecretSource secrets, AddressPolicy addresses, ServiceAccount own) {
        this.clients = new ClusterClients(secrets, addresses, own, IDLE);
    }

    @Override
    public Observation observe(Observe input) {
        try (Pulse pulse = new Pulse(Activity.getExecutionContext())) {
            try (ClusterClients.Lease lease = clients.lease(input.watched().cluster());
                    Watching watching = new Watching(lease, input.watched())) {
                return watching.until(input.seen());
            } catch (InterruptedException e) {
                throw pulse.stopped().orElseGet(KubernetesReconciliationActivities::interrupted);
            } catch (UnknownHostException e) {
                boolean forGood = input.seen() == null && hasLookedLong(input.since());
                throw failure(
                        pulse,
                        ClusterFailures.unknownHost(input.watched().cluster().name(), e, forGood));
            } catch (SlipwayException e) {
                throw failure(pulse, e);
            }
        }
    }

    private static RuntimeException failure(Pulse pulse, SlipwayException e) {
        return pulse.stopped().orElseGet(() -> ActivityFailures.of(e.type(), String.valueOf(e.getMessage())));
    }

    /** More than once, too: the first try may have had to wait for a worker. */
    private static boolean hasLookedLong(Instant since) {
        boolean first = Activity.getExecutionContext().getInfo().getAttempt() == 1;
        return !first && since.plus(LOOKUP).isBefore(Instant.now());
    }

    private static RuntimeException interrupted() {
        Thread.currentThread().interrupt();
        return ActivityFailures.of(
                FailureType.CLUSTER_UNAVAILABLE,
                "The worker was stopped while it watched the cluster. Another worker resumes the watch.");
    }

    /** Closes all connections. */
    @Override
    public void close() {
        clients.close();
    }
}
