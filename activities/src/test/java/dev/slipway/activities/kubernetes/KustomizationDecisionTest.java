package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.Reconciler;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a Kustomization of Flux. */
class KustomizationDecisionTest {
    private static final String OURS = "main@sha1:" + Snapshot.COMMIT;
    private static final String OTHER = "main@sha1:9999999999999999999999999999999999999999";
    private static final String SOON = "2026-05-01T10:00:05Z";
    private static final String LATER = "2026-05-01T10:02:00Z";

    @Test
    void isReadyWhenTheCommitIsApplied() {
        assertThat(told(repository(OURS, SOON), kustomization(OURS, OURS, "True", "ReconciliationSucceeded")))
                .isEqualTo("ready: Kustomization apps/shop has applied " + OURS);
    }

    @Test
    void waitsForTheCommitToBeFetched() {
        assertThat(told(repository(OTHER, SOON), kustomization(OTHER, OTHER, "True", "ReconciliationSucceeded")))
                .isEqualTo("progressing: GitRepository apps/iac has not fetched commit 01234567");
    }

    @Test
    void takesACommitThatCameOnTopOfIt() {
        assertThat(told(repository(OTHER, LATER), kustomization(OTHER, OTHER, "True", "ReconciliationSucceeded")))
                .isEqualTo("ready: Kustomization apps/shop has applied " + OTHER);
    }

    @Test
    void waitsWhileAnEarlierCommitIsApplied() {
        assertThat(told(repository(OURS, SOON), kustomization(OTHER, OTHER, "True", "ReconciliationSucceeded")))
                .isEqualTo("progressing: Kustomization apps/shop has not applied " + OURS);
        assertThat(told(repository(OURS, SOON), kustomization(OTHER, OURS, "Unknown", "Progressing")))
                .isEqualTo("progressing: Kustomization apps/shop applies " + OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "BuildFailed, broken",
        "HealthCheckFailed, broken",
        "ReconciliationFailed, broken",
        "PruneFailed, broken",
        "ArtifactFailed, progressing",
        "DependencyNotReady, progressing"
    })
    void isBrokenForReasonsThatEndATry(String reason, String told) {
        assertThat(told(repository(OURS, SOON), kustomization(OTHER, OURS, "False", reason)))
                .startsWith(told + ": Kustomization apps/shop")
                .endsWith(": said " + reason);
    }

    @Test
    void isBrokenAlthoughTheControllerCountsNoGenerationBeforeItSucceeds() {
        String failing = kustomization(OTHER, OURS, "False", "BuildFailed").replace("generation: 1", "generation: 2");

        assertThat(told(repository(OURS, SOON), failing)).contains("is waiting for kustomize-controller");
        assertThat(told(repository(OURS, SOON), failing.replace("type: Ready", "type: Ready, observedGeneration: 2")))
                .startsWith("broken: Kustomization apps/shop failed at " + OURS + " (BuildFailed)");
    }

    @Test
    void isBrokenWhenItsPathIsNotInTheCommit() {
        String failing = kustomization(OTHER, OTHER, "False", "ArtifactFailed")
                .replace("said ArtifactFailed", "'kustomization path not found: stat /tmp/1/charts'");
        String tried =
                "conditions: [{type: Reconciling, status: 'True', reason: ProgressingWithRetry, message: '%s'}, ";

        assertThat(told(repository(OURS, SOON), failing.replace("conditions: [", tried.formatted("Fetching " + OTHER))))
                .startsWith("progressing: Kustomization apps/shop has not applied");
        assertThat(told(repository(OURS, SOON), failing.replace("conditions: [", tried.formatted("Fetching " + OURS))))
                .startsWith("broken: Kustomization apps/shop failed at " + OURS);
    }

    @Test
    void waitsForTheWorkloadsOfItsInventoryInWhateverNamespace() {
        String deployment = """
                kind: Deployment
                metadata: {name: web, namespace: shops, generation: 1}
                spec: {replicas: 2}
                status: {observedGeneration: 1, replicas: 2, updatedReplicas: 2}
                """;

        assertThat(told(
                        repository(OURS, SOON),
                        kustomization(OURS, OURS, "True", "ReconciliationSucceeded"),
                        deployment,
                        deployment.replace("name: web", "name: other")))
                .isEqualTo("progressing: Deployment web 0 of 2 ready");
    }

    @Test
    void waitsForAHelmReleaseThatItApplies() {
        assertThat(nested(release("charts", "7.0.0", "True", "UpgradeSucceeded")))
                .isEqualTo("ready: Kustomization apps/shop has applied " + OURS);
        assertThat(nested(release("charts", "7.0.0", "Unknown", "Progressing")))
                .isEqualTo("progressing: HelmRelease apps/cache applies 7.0.0");
        assertThat(nested(release("charts", "7.0.0", "True", "UpgradeSucceeded")
                        .replace("generation: 1}", "generation: 2}")))
                .isEqualTo(
                        "progressing: HelmRelease apps/cache is waiting for helm-controller to observe its latest generation");
        assertThat(nested())
                .isEqualTo(
                        "progressing: HelmRelease apps/cache, which Kustomization apps/shop has applied, does not exist");
    }

    @Test
    void isBrokenWhereAHelmReleaseIsThatItApplies() {
        assertThat(nested(release("charts", "7.0.0", "False", "UpgradeFailed")))
                .isEqualTo("broken: HelmRelease apps/cache failed at 7.0.0: said UpgradeFailed");
    }

    @Test
    void waitsForTheVersionWhereANestedReleaseHoldsTheAwaitedChart() {
        String ours = release("shop", "1.0.0", "True", "UpgradeSucceeded")
                .replace("kind: HelmRepository", "kind: GitRepository");

        assertThat(nested(ours)).isEqualTo("progressing: HelmRelease apps/cache is at 1.0.0, not yet at 1.1.0");
        assertThat(nested(ours.replace("1.0.0", "1.1.0")))
                .isEqualTo("ready: Kustomization apps/shop has applied " + OURS);
    }

    @Test
    void doesNotWaitForTheVersionWhereTheChartLiesInAnotherFolder() {
        String others = release("staging/shop", "1.0.0", "True", "UpgradeSucceeded")
                .replace("kind: HelmRepository", "kind: GitRepository");

        assertThat(nested(others)).isEqualTo("ready: Kustomization apps/shop has applied " + OURS);
    }

    @Test
    void leavesANestedReleaseAloneThatSomebodyHasSuspended() {
        String suspended = release("charts", "7.0.0", "False", "UpgradeFailed")
                .replace("spec: {chart: {", "spec: {suspend: true, chart: {");

        assertThat(nested(suspended)).isEqualTo("ready: Kustomization apps/shop has applied " + OURS);
    }

    @Test
    void waitsForTheWorkloadsOfANestedRelease() {
        String deployment = """
                kind: Deployment
                metadata: {name: cache, namespace: apps, generation: 1, annotations: {meta.helm.sh/release-name: cache,
                    meta.helm.sh/release-namespace: apps}}
                spec: {replicas: 1}
                status: {observedGeneration: 1}
                """;

        assertThat(nested(release("charts", "7.0.0", "True", "UpgradeSucceeded"), deployment))
                .isEqualTo("progressing: Deployment cache 0 of 1 ready");
    }

    @Test
    void waitsForKustomizationsOfTheSameSourceThatItApplies() {
        String parent = applying("apps_shop_kustomize.toolkit.fluxcd.io_Kustomization", "apps_part_k_Kustomization");
        String part =
                kustomization(OTHER, OTHER, "True", "ReconciliationSucceeded").replace("name: shop", "name: part");

        assertThat(told(repository(OURS, SOON), parent, part))
                .isEqualTo("progressing: Kustomization apps/part has not applied " + OURS);
        assertThat(told(repository(OURS, SOON), parent, part.replace("name: iac", "name: other")))
                .isEqualTo("ready: Kustomization apps/shop has applied " + OURS);
        assertThat(told(repository(OURS, SOON), parent, part.replace(OTHER, OURS)))
                .isEqualTo("ready: Kustomization apps/shop has applied " + OURS);
    }

    @Test
    void prefersAHelmReleaseOfTheSameName() {
        String release = "kind: HelmRelease\nmetadata: {name: shop, namespace: apps}\nspec: {suspend: true}";

        assertThat(told(repository(OURS, SOON), kustomization(OURS, OURS, "True", "ReconciliationSucceeded"), release))
                .startsWith("broken: HelmRelease apps/shop is suspended");
    }

    private static String nested(String... manifests) {
        String parent = applying("apps_cache_helm.toolkit.fluxcd.io_HelmRelease");
        return told(Stream.concat(Stream.of(repository(OURS, SOON), parent), Stream.of(manifests))
                .toArray(String[]::new));
    }

    private static String applying(String... ids) {
        String entries = Stream.of(ids).map(id -> "{id: " + id + ", v: v1}").collect(Collectors.joining(", "));
        return kustomization(OURS, OURS, "True", "ReconciliationSucceeded")
                .replaceAll("entries: .*", "entries: [" + entries + "]}");
    }

    private static String release(String chart, String version, String ready, String reason) {
        return """
                kind: HelmRelease
                metadata: {name: cache, namespace: apps, generation: 1}
                spec: {chart: {spec: {chart: ./charts/%s, sourceRef: {kind: HelmRepository, name: iac}}}}
                status:
                  observedGeneration: 1
                  lastAttemptedRevision: %s
                  conditions: [{type: Ready, status: "%s", reason: %s, message: said %s, lastTransitionTime: "%s"}]
                """.formatted(chart, version, ready, reason, reason, SOON);
    }

    private static String told(String... manifests) {
        return Snapshot.of(manifests).told(Reconciler.FLUX);
    }

    private static String repository(String revision, String fetched) {
        return """
                kind: GitRepository
                metadata: {name: iac, namespace: apps}
                status: {artifact: {revision: "%s", lastUpdateTime: "%s"}}
                """.formatted(revision, fetched);
    }

    private static String kustomization(String applied, String attempted, String ready, String reason) {
        return """
                kind: Kustomization
                metadata: {name: shop, namespace: apps, generation: 1}
                spec: {sourceRef: {kind: GitRepository, name: iac}}
                status:
                  observedGeneration: 1
                  lastAppliedRevision: "%s"
                  lastAttemptedRevision: "%s"
                  inventory: {entries: [{id: shops_web_apps_Deployment, v: v1}, {id: shops_web__Service, v: v1}]}
                  conditions: [{type: Ready, status: "%s", reason: %s, message: said %s, lastTransitionTime: "%s"}]
                """.formatted(applied, attempted, ready, reason, reason, SOON);
    }
}
