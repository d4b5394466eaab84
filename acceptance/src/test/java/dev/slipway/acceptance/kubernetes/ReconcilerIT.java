package dev.slipway.acceptance.kubernetes;

import static dev.slipway.acceptance.kubernetes.FluxIT.broken;
import static dev.slipway.acceptance.kubernetes.Reconciliations.watched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kustomizations and Applications with real workloads behind them; the test says what their controllers would say. */
@EnabledIf(
        value = "dev.slipway.acceptance.kubernetes.KubernetesPrograms#areBuilt",
        disabledReason = KubernetesPrograms.NEED)
class ReconcilerIT {
    private static final String COMMIT = "0123456789012345678901234567890123456789";

    @RegisterExtension
    static final KubernetesCluster cluster = KubernetesCluster.shared();

    @Test
    void tellsWhenAKustomizationIsReadyInTheNamespaceOfItsWorkloads() {
        String flux = cluster.namespace("flux-system");
        String shops = cluster.namespace("shops");
        cluster.apply(deployment(shops, "web:1.0"));
        cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: iac, namespace: %1$s}
                spec: {url: "https://git.example.com/iac", interval: 1h}
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: shop, namespace: %1$s}
                spec: {interval: 1h, prune: true, sourceRef: {kind: GitRepository, name: iac}}
                """.formatted(flux));
        status("gitrepository", "iac", flux, """
                {"observedGeneration": 1, "artifact": {"revision": "main@sha1:%s", "lastUpdateTime": "2026-01-01T00:00:00Z",
                  "digest": "sha256:%s", "path": "x", "url": "http://x"}}""".formatted(COMMIT, "0".repeat(64)));
        status("kustomization", "shop", flux, """
                {"observedGeneration": 1, "lastAppliedRevision": "main@sha1:%1$s", "lastAttemptedRevision": "main@sha1:%1$s",
                 "inventory": {"entries": [{"id": "%2$s_web_apps_Deployment", "v": "v1"}]},
                 "conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded", "message": "ok",
                   "lastTransitionTime": "2040-01-01T00:00:00Z"}]}""".formatted(COMMIT, shops));

        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            assertThat(reconciliations.end(watched(Reconciler.FLUX, flux, "1.0.0", COMMIT, Instant.now())))
                    .isEqualTo(
                            new Observation.Ready("Kustomization " + flux + "/shop has applied main@sha1:" + COMMIT));
            assertThat(reconciliations.summaries())
                    .anyMatch(summary -> summary.startsWith("Deployment web 0 of 1 ready"));
        }
    }

    @Test
    void tellsWhatAnApplicationCannotRun() {
        String argo = cluster.namespace("argocd");
        String shops = cluster.namespace("shops");
        cluster.apply(deployment(shops, "web:bad"));
        cluster.apply("""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop, namespace: %1$s}
                spec: {destination: {server: "https://kubernetes.default.svc", namespace: %2$s}}
                status:
                  sync: {status: Synced, revision: "%3$s"}
                  health: {status: Progressing}
                  operationState: {phase: Succeeded, finishedAt: "2040-01-01T00:00:00Z", syncResult: {revision: "%3$s"}}
                  resources: [{group: apps, kind: Deployment, namespace: %2$s, name: web}]
                """.formatted(argo, shops, COMMIT));

        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            broken(reconciliations.end(watched(
                            Reconciler.ARGOCD,
                            argo,
                            "1.0.0",
                            COMMIT,
                            Instant.now().minusSeconds(30))))
                    .startsWith("Deployment web: Image web:bad of pod web-");
        }
    }

    private static void status(String kind, String name, String namespace, String status) {
        cluster.kubectl(
                "patch",
                kind,
                name,
                "-n",
                namespace,
                "--subresource=status",
                "--type=merge",
                "-p",
                "{\"status\": " + status + "}");
    }

    private static String deployment(String namespace, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: %s}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}, annotations: {test/ready-delay: 3s}}
                    spec: {containers: [{name: app, image: "%s"}]}
                """.formatted(namespace, image);
    }
}
