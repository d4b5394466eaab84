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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
        kustomization(flux, shops + "_web_apps_Deployment");
        cluster.apply(deployment(shops, "web:1.0"));

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

    @Test
    void waitsForAHelmReleaseThatAKustomizationApplies() {
        String flux = cluster.namespace("flux-system");
        String shops = cluster.namespace("shops");
        cluster.apply(deployment(shops, "web:1.0")
                .replace(
                        "name: web, namespace: " + shops,
                        "name: web, namespace: " + shops + ", annotations: {meta.helm.sh/release-name: cache,"
                                + " meta.helm.sh/release-namespace: " + shops + "}"));
        release(shops, "True", "UpgradeSucceeded");
        kustomization(flux, shops + "_cache_helm.toolkit.fluxcd.io_HelmRelease");

        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            assertThat(reconciliations.end(watched(Reconciler.FLUX, flux, "1.0.0", COMMIT, Instant.now())))
                    .isEqualTo(
                            new Observation.Ready("Kustomization " + flux + "/shop has applied main@sha1:" + COMMIT));
            assertThat(reconciliations.summaries())
                    .as("what is behind the release")
                    .anyMatch(summary -> summary.startsWith("Deployment web 0 of 1 ready"));
        }
    }

    @Test
    void tellsWhyAHelmReleaseFailedThatAKustomizationApplies() {
        String flux = cluster.namespace("flux-system");
        String shops = cluster.namespace("shops");
        release(shops, "False", "UpgradeFailed");
        kustomization(flux, shops + "_cache_helm.toolkit.fluxcd.io_HelmRelease");

        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            broken(reconciliations.end(watched(Reconciler.FLUX, flux, "1.0.0", COMMIT, Instant.now())))
                    .isEqualTo("HelmRelease " + shops + "/cache failed at 7.0.0: said UpgradeFailed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"StatefulSet", "DaemonSet", "Job"})
    void failsEarlyWhereAQuotaAllowsNoPods(String kind) {
        String flux = cluster.namespace("flux-system");
        String shops = cluster.namespace("shops");
        cluster.kubectl("create", "quota", "few", "-n", shops, "--hard=pods=0");
        Instant pushed = Instant.now();
        cluster.apply(workload(kind, shops));
        kustomization(flux, shops + "_web_" + group(kind) + "_" + kind);

        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            broken(reconciliations.end(watched(Reconciler.FLUX, flux, "1.0.0", COMMIT, pushed)))
                    .startsWith(kind + " web ")
                    .contains("exceeded quota: few");
        }
    }

    @Test
    void failsEarlyWherePodSecurityAdmitsNoPods() {
        String flux = cluster.namespace("flux-system");
        String shops = cluster.namespace("shops");
        cluster.kubectl("label", "namespace", shops, "pod-security.kubernetes.io/enforce=restricted");
        Instant pushed = Instant.now();
        cluster.apply(workload("StatefulSet", shops));
        kustomization(flux, shops + "_web_apps_StatefulSet");

        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig())) {
            broken(reconciliations.end(watched(Reconciler.FLUX, flux, "1.0.0", COMMIT, pushed)))
                    .startsWith("StatefulSet web 0 of 1 ready: ")
                    .contains("violates PodSecurity \"restricted:latest\"");
        }
    }

    @Test
    void goesOnWithoutTheRightToSeeEvents() {
        String shops = cluster.namespace("shops");
        String watch = "verbs: [get, list, watch]}";
        String rules = "[{apiGroups: [helm.toolkit.fluxcd.io], resources: [helmreleases], " + watch
                + ", {apiGroups: [kustomize.toolkit.fluxcd.io], resources: [kustomizations], " + watch
                + ", {apiGroups: [source.toolkit.fluxcd.io], resources: [gitrepositories], " + watch
                + ", {apiGroups: [apps], resources: [deployments, statefulsets, daemonsets, replicasets], " + watch
                + ", {apiGroups: [batch], resources: [jobs], " + watch
                + ", {apiGroups: [\"\"], resources: [pods], " + watch + "]";
        cluster.kubectl("create", "quota", "few", "-n", shops, "--hard=pods=0");
        cluster.apply(workload("StatefulSet", shops));
        kustomization(shops, shops + "_web_apps_StatefulSet");

        try (Reconciliations reconciliations = new Reconciliations(cluster.kubeconfig(shops, rules))) {
            assertThat(reconciliations.next(
                            watched(Reconciler.FLUX, shops, "1.0.0", COMMIT, Instant.now()),
                            "StatefulSet web is not observed by its controller yet"))
                    .isEqualTo(new Observation.Progressing("StatefulSet web 0 of 1 ready"));
        }
    }

    /** A HelmRelease of a chart that is another than the one that is awaited. */
    private static void release(String namespace, String ready, String reason) {
        cluster.apply("""
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: cache, namespace: %s}
                spec: {interval: 1h, chart: {spec: {chart: redis, sourceRef: {kind: HelmRepository, name: charts}}}}
                """.formatted(namespace));
        status("helmrelease", "cache", namespace, """
                {"observedGeneration": 1, "lastAttemptedRevision": "7.0.0",
                 "conditions": [{"type": "Ready", "status": "%1$s", "reason": "%2$s", "message": "said %2$s",
                   "lastTransitionTime": "2040-01-01T00:00:00Z"}]}""".formatted(ready, reason));
    }

    /** A Kustomization that has applied the commit, with what {@code id} stands for. */
    private static void kustomization(String namespace, String id) {
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
                """.formatted(namespace));
        status("gitrepository", "iac", namespace, """
                {"observedGeneration": 1, "artifact": {"revision": "main@sha1:%s", "lastUpdateTime": "2026-01-01T00:00:00Z",
                  "digest": "sha256:%s", "path": "x", "url": "http://x"}}""".formatted(COMMIT, "0".repeat(64)));
        status("kustomization", "shop", namespace, """
                {"observedGeneration": 1, "lastAppliedRevision": "main@sha1:%1$s", "lastAttemptedRevision": "main@sha1:%1$s",
                 "inventory": {"entries": [{"id": "%2$s", "v": "v1"}]},
                 "conditions": [{"type": "Ready", "status": "True", "reason": "ReconciliationSucceeded", "message": "ok",
                   "lastTransitionTime": "2040-01-01T00:00:00Z"}]}""".formatted(COMMIT, id));
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
                    metadata: {labels: {app: web}, annotations: {test/ready-delay: 10s}}
                    spec: {containers: [{name: app, image: "%s"}]}
                """.formatted(namespace, image);
    }

    private static String group(String kind) {
        return kind.equals("Job") ? "batch" : "apps";
    }

    private static String workload(String kind, String namespace) {
        String template = "{metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: \"web:1.0\"}]}}";
        String spec = switch (kind) {
            case "Job" -> "{template: " + template.replace("spec: {", "spec: {restartPolicy: Never, ") + "}";
            case "StatefulSet" -> "{serviceName: web, selector: {matchLabels: {app: web}}, template: " + template + "}";
            default -> "{selector: {matchLabels: {app: web}}, template: " + template + "}";
        };
        return """
                apiVersion: %s/v1
                kind: %s
                metadata: {name: web, namespace: %s}
                spec: %s
                """.formatted(group(kind), kind, namespace, spec);
    }
}
