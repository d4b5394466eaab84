package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.Failure;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What follows from a verdict: last words of a container to be told with it, or a nudge to Flux. */
final class Findings {
    private static final Logger log = LoggerFactory.getLogger(Findings.class);
    private static final String REQUESTED = "reconcile.fluxcd.io/requestedAt";
    private static final int LINES = 20;

    private final ClusterResources resources;
    private final Watched watched;
    private boolean nudged;

    Findings(ClusterResources resources, Watched watched) {
        this.resources = resources;
        this.watched = watched;
    }

    Observation told(Verdict verdict) {
        return verdict.observation() instanceof Observation.Broken(var failure) && verdict.logs() != null
                ? new Observation.Broken(withLogs(failure, verdict.logs()))
                : verdict.observation();
    }

    private Failure withLogs(Failure failure, Verdict.Container container) {
        return logs(container)
                .map(lines -> new Failure(failure.type(), failure.message() + "\nIts last lines:\n" + lines))
                .orElse(failure);
    }

    /** Nothing where they are gone, or may not be read. */
    private Optional<String> logs(Verdict.Container container) {
        try {
            String lines = resources
                    .client()
                    .pods()
                    .inNamespace(container.namespace())
                    .withName(container.pod())
                    .inContainer(container.name())
                    .terminated()
                    .tailingLines(LINES)
                    .getLog();
            return Optional.ofNullable(lines)
                    .map(text -> LastWords.of(text, container.variables()))
                    .filter(text -> !text.isEmpty());
        } catch (KubernetesClientException e) {
            log.debug("No log lines from {}", container, e);
            return Optional.empty();
        }
    }

    /** Asks once for each commit: the value tells which one it was. */
    void nudge(Verdict verdict) {
        KubernetesObject object = verdict.nudge();
        String value = "slipway-" + watched.commit();
        if (!watched.nudge()
                || nudged
                || object == null
                || object.annotation(REQUESTED).filter(value::equals).isPresent()) {
            return;
        }
        nudged = true;
        try {
            resources.merge(object, "{\"metadata\":{\"annotations\":{\"" + REQUESTED + "\":\"" + value + "\"}}}");
        } catch (KubernetesClientException e) {
            // It comes by itself, only later.
            log.warn(
                    "{} in cluster {} could not be annotated for reconciliation: {}",
                    object,
                    watched.cluster().name(),
                    e.getMessage());
        }
    }
}
