package dev.slipway.acceptance.kubernetes;

import dev.slipway.acceptance.stack.Command;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the helm-controller does with a HelmRelease: one try for each chart, and a rollback where that fails. */
final class HelmDouble {
    private static final Pattern VERSION = Pattern.compile("(?m)^version: (\\S+)$");

    private final KubernetesCluster cluster;
    private final Map<String, String> attempted = new ConcurrentHashMap<>();

    HelmDouble(KubernetesCluster cluster) {
        this.cluster = cluster;
    }

    void reconcile(GenericKubernetesResource release, Path artifact, boolean closed) {
        Path chart = artifact.resolve(FluxDouble.text(release, "spec", "chart", "spec", "chart"));
        if (!Files.exists(chart)) {
            return;
        }
        String version = version(chart);
        String what = version + " " + release.getMetadata().getGeneration();
        boolean suspended = FluxDouble.text(release, "spec", "suspend").equals("true");
        if (closed
                || suspended
                || what.equals(attempted.put(release.getMetadata().getUid(), what))) {
            return;
        }
        FluxStatus status = new FluxStatus(cluster.client(), FluxStatus.HELM_RELEASE, release);
        String running = "Running 'upgrade' action with timeout of " + FluxDouble.text(release, "spec", "timeout");
        status.put("lastAttemptedRevision", version)
                .put("lastAttemptedGeneration", release.getMetadata().getGeneration())
                .without("Stalled", "Remediated")
                .condition("Reconciling", "True", "Progressing", running)
                .condition("Ready", "Unknown", "Progressing", running)
                .write();
        upgrade(release, chart, version, status);
        status.without("Reconciling").write();
    }

    private void upgrade(GenericKubernetesResource release, Path chart, String version, FluxStatus status) {
        String namespace = release.getMetadata().getNamespace();
        String name = release.getMetadata().getName();
        Command.Result result = cluster.helm(
                "upgrade",
                "--install",
                name,
                chart.toString(),
                "-n",
                namespace,
                "--wait",
                "--wait-for-jobs",
                "--timeout",
                FluxDouble.text(release, "spec", "timeout"));
        status.put("history", history(namespace, name));
        if (result.exitCode() == 0) {
            String message =
                    "Helm upgrade succeeded for release " + namespace + "/" + name + " with chart shop@" + version;
            status.condition("Released", "True", "UpgradeSucceeded", message)
                    .condition("Ready", "True", "UpgradeSucceeded", message);
            return;
        }
        String message = "Helm upgrade failed for release " + namespace + "/" + name + " with chart shop@" + version
                + ": " + result.errors().strip();
        status.put("failures", 1)
                .put("upgradeFailures", 1)
                .condition("Released", "False", "UpgradeFailed", message)
                .condition("Ready", "False", "UpgradeFailed", message);
        if (FluxDouble.text(release, "spec", "upgrade", "remediation", "remediateLastFailure")
                .equals("true")) {
            rollBack(namespace, name, status);
        }
        status.condition("Stalled", "True", "RetriesExceeded", "Failed to upgrade after 1 attempt(s)");
    }

    private void rollBack(String namespace, String name, FluxStatus status) {
        if (cluster.helm("rollback", name, "-n", namespace).exitCode() == 0) {
            String message = "Helm rollback to previous release " + namespace + "/" + name + " succeeded";
            status.put("history", history(namespace, name))
                    .condition("Remediated", "True", "RollbackSucceeded", message)
                    .condition("Ready", "False", "RollbackSucceeded", message);
        }
    }

    /** The latest revision first. */
    private List<Map<String, Object>> history(String namespace, String name) {
        JsonNode revisions =
                cluster.helm("history", name, "-n", namespace, "-o", "json").json();
        return revisions.valueStream().toList().reversed().stream()
                .map(revision -> snapshot(namespace, name, revision))
                .toList();
    }

    private static Map<String, Object> snapshot(String namespace, String name, JsonNode revision) {
        String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        String chart = revision.path("chart").asString();
        return Map.of(
                "chartName",
                "shop",
                "chartVersion",
                chart.substring("shop-".length()),
                "configDigest",
                "sha256:" + "0".repeat(64),
                "digest",
                "sha256:" + "0".repeat(64),
                "firstDeployed",
                now,
                "lastDeployed",
                now,
                "name",
                name,
                "namespace",
                namespace,
                "status",
                revision.path("status").asString(),
                "version",
                revision.path("revision").asInt());
    }

    private static String version(Path chart) {
        try {
            Matcher version = VERSION.matcher(Files.readString(chart.resolve("Chart.yaml")));
            return version.find() ? version.group(1) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
