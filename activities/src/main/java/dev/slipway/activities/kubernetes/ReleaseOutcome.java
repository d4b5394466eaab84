package dev.slipway.activities.kubernetes;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** What became of a HelmRelease that helm-controller has taken up. */
record ReleaseOutcome(KubernetesObject release, Instant pushedAt) {
    private static final Set<String> FAILURES = Set.of(
            "InstallFailed",
            "UpgradeFailed",
            "RollbackSucceeded",
            "RollbackFailed",
            "UninstallSucceeded",
            "UninstallFailed",
            "TestFailed",
            "ArtifactFailed",
            "RetriesExceeded");

    /** {@code version}: as which its chart is spoken of. */
    Progress of(String version) {
        Condition ready = release.condition("Ready").orElse(Condition.of(new Tree(null)));
        if (isSincePush("Stalled") || isSincePush("Remediated") || isFailure(ready)) {
            return new Progress.Failed(release + " failed at " + version + ": " + reason(ready));
        }
        if (!ready.isTrue()) {
            return new Progress.Waiting(release + " applies " + version + (ready.isFalse() ? ": " + ready.text() : ""));
        }
        return latest().text("chartVersion")
                .filter(runs -> !ChartVersion.isSame(runs, lastAttempted(), ""))
                .<Progress>map(runs -> new Progress.Waiting(release + " runs " + runs + ", not yet " + version))
                .orElseGet(() -> new Progress.Applied(release + " runs " + version));
    }

    /** The revision of Helm's that came last. */
    Tree latest() {
        return release.tree().items("status", "history").stream().findFirst().orElse(new Tree(null));
    }

    /** Empty before the first try. */
    String lastAttempted() {
        return release.tree().text("status", "lastAttemptedRevision").orElse("");
    }

    private boolean isSincePush(String condition) {
        return release.condition(condition)
                .filter(told -> told.isTrue() && told.isSince(pushedAt))
                .isPresent();
    }

    /** What it said before the push may be about an earlier try of the same version. */
    private boolean isFailure(Condition ready) {
        return ready.isFalse() && FAILURES.contains(ready.reason()) && ready.isSince(pushedAt);
    }

    /** After a remediation, Ready tells of the remediation, and Released of what was wrong. */
    private String reason(Condition ready) {
        String cause = release.condition("Released")
                .filter(Condition::isFalse)
                .or(() -> release.condition("TestSuccess").filter(Condition::isFalse))
                .map(Condition::text)
                .orElseGet(ready::text);
        return release.condition("Remediated")
                .filter(Condition::isTrue)
                .map(remediated -> cause + "; Flux remediated it: " + remediated.text())
                .orElse(cause);
    }

    /** None where the release goes to another cluster. */
    Members members() {
        if (release.tree().exists("spec", "kubeConfig")) {
            return Members.NONE;
        }
        Tree installed = latest();
        Optional<String> target = release.tree().text("spec", "targetNamespace");
        String name = installed
                .text("name")
                .or(() -> release.tree().text("spec", "releaseName"))
                .orElseGet(() -> target.map(namespace -> namespace + "-").orElse("") + release.name());
        return Members.ofRelease(installed.text("namespace").or(() -> target).orElse(release.namespace()), name);
    }
}
