package dev.slipway.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.gitops.Reconciler;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of an Application of Argo CD. */
class ArgoDecisionTest {
    private static final String APPLICATION = "Application apps/shop";
    private static final String OTHER = "9999999999999999999999999999999999999999";

    @Test
    void isReadyWhenTheCommitIsSyncedAndHealthy() {
        assertThat(told(application(Snapshot.COMMIT, "Synced", "Healthy", "Succeeded")))
                .isEqualTo("ready: " + APPLICATION + " is synced and healthy");
    }

    @Test
    void waitsForTheCommit() {
        assertThat(told(application(OTHER, "Synced", "Healthy", "Succeeded")))
                .isEqualTo("progressing: " + APPLICATION + " is at " + OTHER + ", not yet at " + Snapshot.COMMIT);
    }

    @Test
    void waitsForASync() {
        assertThat(told(application(Snapshot.COMMIT, "OutOfSync", "Healthy", "Succeeded")))
                .isEqualTo("progressing: " + APPLICATION + " is OutOfSync; waiting for a sync");
    }

    @ParameterizedTest
    @CsvSource({"Failed", "Error"})
    void tellsWhyASyncFailed(String phase) {
        assertThat(told(application(Snapshot.COMMIT, "OutOfSync", "Healthy", phase)))
                .isEqualTo(
                        "broken: " + APPLICATION + " could not be synced (" + phase + "): one or more objects failed");
    }

    @ParameterizedTest
    @CsvSource({
        "Progressing, 40, progressing",
        "Missing, 40, progressing",
        "Suspended, 40, progressing",
        "Degraded, 10, progressing",
        "Degraded, 40, broken"
    })
    void believesABadHealthOnceItIsNotThatOfBefore(String health, int seconds, String told) {
        Snapshot snapshot = Snapshot.of(application(Snapshot.COMMIT, "Synced", health, "Succeeded"))
                .at(Instant.parse("2026-05-01T10:00:05Z").plusSeconds(seconds));

        assertThat(snapshot.told(Reconciler.ARGOCD))
                .startsWith(told + ": " + APPLICATION + " is synced and " + health.toLowerCase(java.util.Locale.ROOT)
                        + ": Deployment web: too slow");
    }

    @Test
    void knowsTheCommitAmongThoseOfSeveralSources() {
        assertThat(told(application(Snapshot.COMMIT, "Synced", "Healthy", "Succeeded")
                        .replace(
                                "revision: \"" + Snapshot.COMMIT + "\"",
                                "revisions: [abc, \"" + Snapshot.COMMIT + "\"]")))
                .startsWith("ready: ");
    }

    @Test
    void waitsForTheWorkloadsThatItLists() {
        String deployment = """
                kind: Deployment
                metadata: {name: web, namespace: shops, generation: 1}
                spec: {replicas: 2}
                status: {observedGeneration: 1, replicas: 2, updatedReplicas: 2}
                """;

        assertThat(told(application(Snapshot.COMMIT, "Synced", "Healthy", "Succeeded"), deployment))
                .isEqualTo("progressing: Deployment web 0 of 2 ready");
    }

    @Test
    void waitsForTheApplication() {
        assertThat(told()).isEqualTo("progressing: Argo CD has no Application apps/shop in cluster prod");
    }

    private static String told(String... manifests) {
        return Snapshot.of(manifests).told(Reconciler.ARGOCD);
    }

    private static String application(String revision, String sync, String health, String phase) {
        return """
                kind: Application
                metadata: {name: shop, namespace: apps}
                spec: {destination: {server: "https://kubernetes.default.svc", namespace: shops}}
                status:
                  sync: {status: %s, revision: "%s"}
                  health: {status: %s}
                  operationState:
                    phase: %s
                    message: one or more objects failed
                    finishedAt: "2026-05-01T10:00:05Z"
                    syncResult: {revision: "%s"}
                  resources:
                    - {kind: Deployment, namespace: shops, name: web, health: {status: Degraded, message: too slow}}
                """.formatted(sync, revision, health, phase, revision);
    }
}
