package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.Reconciler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a HelmRelease of Flux. */
class HelmReleaseDecisionTest {
    private static final String RELEASE = "HelmRelease apps/shop";
    private static final String BEFORE = "2026-05-01T09:00:00Z";
    private static final String AFTER = "2026-05-01T10:00:05Z";

    @Test
    void isReadyWhenFluxHasAppliedTheVersionOfTheCommit() {
        assertThat(told(repository(Snapshot.COMMIT, AFTER), release("1.1.0", "True", "UpgradeSucceeded", AFTER)))
                .isEqualTo("ready: " + RELEASE + " runs 1.1.0");
    }

    @Test
    void waitsForTheCommitToBeFetched() {
        assertThat(told(repository("0000", BEFORE), release("1.0.0", "True", "UpgradeSucceeded", BEFORE)))
                .isEqualTo("progressing: GitRepository apps/iac has not fetched commit 01234567");
    }

    @Test
    void doesNotTakeTheSameVersionOfBeforeThePushForTheCommit() {
        assertThat(told(repository("0000", BEFORE), release("1.1.0", "True", "UpgradeSucceeded", BEFORE)))
                .startsWith("progressing: GitRepository apps/iac has not fetched");
    }

    @Test
    void takesALaterCommitThatHoldsTheVersion() {
        assertThat(told(repository("9999", AFTER), release("1.1.0", "True", "UpgradeSucceeded", AFTER)))
                .startsWith("ready: ");
    }

    @Test
    void tellsWhyTheRepositoryCannotBeFetched() {
        String repository = repository("0000", BEFORE)
                .replace(
                        "conditions: []",
                        "conditions: [" + condition("Ready", "False", "GitOperationFailed", AFTER) + "]");

        assertThat(told(repository, release("1.0.0", "True", "UpgradeSucceeded", BEFORE)))
                .isEqualTo("progressing: GitRepository apps/iac cannot fetch commit 01234567: said GitOperationFailed");
    }

    @Test
    void waitsForTheVersionToBeTakenUp() {
        assertThat(told(repository(Snapshot.COMMIT, AFTER), release("1.0.0", "True", "UpgradeSucceeded", BEFORE)))
                .isEqualTo("progressing: " + RELEASE + " is at 1.0.0, not yet at 1.1.0");
    }

    @Test
    void waitsForTheControllerToSeeTheSpecification() {
        String release = release("1.1.0", "True", "UpgradeSucceeded", AFTER).replace("generation: 2", "generation: 3");

        assertThat(told(repository(Snapshot.COMMIT, AFTER), release))
                .startsWith("progressing: " + RELEASE + " is waiting for helm-controller");
    }

    @ParameterizedTest
    @CsvSource({
        "1.1.0+0123456789ab, ready",
        "1.1.0+0123456789ab.4, ready",
        "1.1.0, ready",
        "1.1.0-rc.1, progressing",
        "1.1.00, progressing",
        "11.1.0, progressing"
    })
    void knowsTheVersionWithTheRevisionThatFluxAdds(String attempted, String told) {
        assertThat(told(repository(Snapshot.COMMIT, AFTER), release(attempted, "True", "UpgradeSucceeded", AFTER)))
                .startsWith(told + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "InstallFailed",
        "UpgradeFailed",
        "RollbackSucceeded",
        "UninstallSucceeded",
        "TestFailed",
        "ArtifactFailed",
        "RetriesExceeded"
    })
    void isBrokenForReasonsThatEndATry(String reason) {
        assertThat(told(repository(Snapshot.COMMIT, AFTER), release("1.1.0", "False", reason, AFTER)))
                .isEqualTo("broken: " + RELEASE + " failed at 1.1.0: said " + reason);
    }

    @ParameterizedTest
    @CsvSource({"SourceNotReady", "DependencyNotReady", "Progressing"})
    void waitsWhileFluxWaits(String reason) {
        assertThat(told(repository(Snapshot.COMMIT, AFTER), release("1.1.0", "False", reason, AFTER)))
                .isEqualTo("progressing: " + RELEASE + " applies 1.1.0: said " + reason);
    }

    @Test
    void forgetsAFailureOfBeforeThePush() {
        assertThat(told(repository(Snapshot.COMMIT, AFTER), release("1.1.0", "False", "UpgradeFailed", BEFORE)))
                .startsWith("progressing: ");
    }

    @Test
    void tellsTheCauseBeforeTheRemediation() {
        String release = release("1.1.0", "False", "RollbackSucceeded", AFTER)
                .replace(
                        "conditions: [",
                        "conditions: [" + condition("Released", "False", "UpgradeFailed", AFTER) + ", "
                                + condition("Remediated", "True", "RollbackSucceeded", AFTER) + ", ");

        assertThat(told(repository(Snapshot.COMMIT, AFTER), release))
                .isEqualTo("broken: " + RELEASE
                        + " failed at 1.1.0: said UpgradeFailed; Flux remediated it: said RollbackSucceeded");
    }

    @Test
    void isBrokenWhereItIsSuspended() {
        String release = release("1.0.0", "True", "UpgradeSucceeded", BEFORE).replace("interval: 1h", "suspend: true");

        assertThat(told(repository(Snapshot.COMMIT, AFTER), release))
                .isEqualTo(
                        "broken: " + RELEASE + " is suspended. Resume it with: flux resume helmrelease shop -n apps");
    }

    @Test
    void waitsForTheWorkloadsOfTheRelease() {
        String deployment = """
                kind: Deployment
                metadata:
                  name: shop
                  namespace: apps
                  uid: d
                  generation: 2
                  annotations: {meta.helm.sh/release-name: shop, meta.helm.sh/release-namespace: apps}
                spec: {replicas: 3}
                status: {observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 1}
                """;

        assertThat(told(
                        repository(Snapshot.COMMIT, AFTER),
                        release("1.1.0", "True", "UpgradeSucceeded", AFTER),
                        deployment))
                .isEqualTo("progressing: Deployment shop 1 of 3 ready");
    }

    @Test
    void asksForANudgeOfTheSource() {
        Verdict verdict = Snapshot.of(repository("0000", BEFORE), release("1.0.0", "True", "UpgradeSucceeded", BEFORE))
                .verdict(Reconciler.FLUX);

        assertThat(verdict.nudge()).hasToString("GitRepository apps/iac");
    }

    @Test
    void saysThatFluxIsNotInstalled() {
        Snapshot empty = Snapshot.of().without(Kind.HELM_RELEASE, Kind.KUSTOMIZATION);

        assertThatThrownBy(() -> empty.verdict(Reconciler.FLUX))
                .hasMessageContaining("Flux is not installed in cluster prod")
                .extracting(e -> ((SlipwayException) e).type())
                .isEqualTo(FailureType.CLUSTER_REFUSED);
    }

    @Test
    void isRefusedOnlyWhereWhatIsRefusedIsNeeded() {
        SlipwayException refused = new SlipwayException(FailureType.CLUSTER_REFUSED, "no");

        assertThat(Snapshot.of(repository(Snapshot.COMMIT, AFTER), release("1.1.0", "True", "UpgradeSucceeded", AFTER))
                        .refusing(Kind.KUSTOMIZATION, refused)
                        .refusing(Kind.HELM_CHART, refused)
                        .told(Reconciler.FLUX))
                .startsWith("ready: ");
        assertThatThrownBy(() ->
                        Snapshot.of().refusing(Kind.KUSTOMIZATION, refused).verdict(Reconciler.FLUX))
                .isSameAs(refused);
    }

    private static String told(String... manifests) {
        return Snapshot.of(manifests).told(Reconciler.FLUX);
    }

    private static String repository(String commit, String fetched) {
        return """
                kind: GitRepository
                metadata: {name: iac, namespace: apps, generation: 1}
                status:
                  observedGeneration: 1
                  artifact: {revision: "main@sha1:%s", lastUpdateTime: "%s"}
                  conditions: []
                """.formatted(commit, fetched);
    }

    private static String release(String attempted, String ready, String reason, String since) {
        return """
                kind: HelmRelease
                metadata: {name: shop, namespace: apps, generation: 2}
                spec:
                  interval: 1h
                  chart: {spec: {chart: charts/shop, sourceRef: {kind: GitRepository, name: iac}}}
                status:
                  observedGeneration: 2
                  helmChart: apps/apps-shop
                  lastAttemptedRevision: "%s"
                  history: [{name: shop, namespace: apps, chartName: shop, chartVersion: "%s", status: deployed}]
                  conditions: [%s]
                """.formatted(attempted, attempted, condition("Ready", ready, reason, since));
    }

    private static String condition(String type, String status, String reason, String since) {
        return "{type: %s, status: \"%s\", reason: %s, message: said %s, lastTransitionTime: \"%s\"}"
                .formatted(type, status, reason, reason, since);
    }
}
