package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.util.Optional;
import java.util.Set;

/** How far Flux has come with a HelmRelease. */
final class HelmReleaseDecision {
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

    private final Watched watched;
    private final View view;
    private final KubernetesObject release;

    HelmReleaseDecision(Watched watched, View view, KubernetesObject release) {
        this.watched = watched;
        this.view = view;
        this.release = release;
    }

    Reconciled look() {
        Optional<KubernetesObject> chart = chart();
        FluxSource source = source(chart);
        boolean attempted = isAttempted(source);
        return new Reconciled(progress(chart, source, attempted), attempted ? members() : Members.NONE);
    }

    private Progress progress(Optional<KubernetesObject> chart, FluxSource source, boolean attempted) {
        if (release.isSuspended()) {
            return new Progress.Failed(release + " is suspended. Resume it with: flux resume helmrelease "
                    + release.name() + " -n " + release.namespace());
        }
        if (!source.holdsCommit() && !(source.isFetchedSincePush() && attempted)) {
            return source.awaited();
        }
        if (!release.isObserved()) {
            return new Progress.Waiting(release + " waits for helm-controller to see its latest specification");
        }
        return attempted ? outcome() : notAttempted(chart);
    }

    private FluxSource source(Optional<KubernetesObject> chart) {
        Tree reference = chart.map(object -> object.tree().at("spec", "sourceRef"))
                .orElseGet(() -> release.tree().at("spec", "chart", "spec", "sourceRef"));
        return FluxSource.of(
                watched, view, reference, chart.map(KubernetesObject::namespace).orElse(release.namespace()));
    }

    /** The HelmChart that is named by the release, or made for it by Flux. */
    private Optional<KubernetesObject> chart() {
        Tree reference = release.tree().at("spec", "chartRef");
        if (reference.exists()) {
            return reference
                            .text("kind")
                            .filter(Kind.HELM_CHART.display()::equals)
                            .isEmpty()
                    ? Optional.empty()
                    : view.one(
                            Kind.HELM_CHART,
                            reference.text("namespace").orElse(release.namespace()),
                            reference.text("name").orElse(""));
        }
        // As "<namespace>/<name>".
        String[] made = release.tree().text("status", "helmChart").orElse("").split("/", 2);
        return made.length < 2 ? Optional.empty() : view.oneIfAllowed(Kind.HELM_CHART, made[0], made[1]);
    }

    private boolean isAttempted(FluxSource source) {
        return release.tree()
                .text("status", "lastAttemptedRevision")
                .filter(version -> ChartVersion.isSame(version, watched.version(), source.revision()))
                .isPresent();
    }

    private Progress notAttempted(Optional<KubernetesObject> chart) {
        Optional<Condition> stalled = chart.flatMap(object -> object.condition("Stalled"))
                .filter(condition -> condition.isTrue() && condition.isSince(watched.pushedAt()));
        if (stalled.isPresent()) {
            return new Progress.Failed(
                    chart.get() + " is stalled: " + stalled.get().text());
        }
        String attempted = release.tree()
                .text("status", "lastAttemptedRevision")
                .map(version -> " is at " + version + ", not yet at " + watched.version())
                .orElse(" has not taken up version " + watched.version());
        String reason = chart.flatMap(object -> object.condition("Ready"))
                .filter(Condition::isFalse)
                .or(() -> release.condition("Ready").filter(ready -> !ready.isTrue()))
                .map(condition -> ": " + condition.text())
                .orElse("");
        return new Progress.Waiting(release + attempted + reason);
    }

    /** What became of the version that is awaited. */
    private Progress outcome() {
        Condition ready = release.condition("Ready").orElse(Condition.of(new Tree(null)));
        if (isSincePush("Stalled") || isSincePush("Remediated") || isFailure(ready)) {
            return new Progress.Failed(release + " failed at " + watched.version() + ": " + reason(ready));
        }
        if (!ready.isTrue()) {
            return new Progress.Waiting(
                    release + " applies " + watched.version() + (ready.isFalse() ? ": " + ready.text() : ""));
        }
        Tree deployed =
                release.tree().items("status", "history").stream().findFirst().orElse(new Tree(null));
        return deployed.text("chartVersion")
                .filter(version -> !ChartVersion.isSame(version, lastAttempted(), ""))
                .<Progress>map(version ->
                        new Progress.Waiting(release + " runs " + version + ", not yet " + watched.version()))
                .orElseGet(() -> new Progress.Applied(release + " runs " + watched.version()));
    }

    private String lastAttempted() {
        return release.tree().text("status", "lastAttemptedRevision").orElse("");
    }

    private boolean isSincePush(String condition) {
        return release.condition(condition)
                .filter(told -> told.isTrue() && told.isSince(watched.pushedAt()))
                .isPresent();
    }

    /** What it said before the push may be about an earlier try of the same version. */
    private boolean isFailure(Condition ready) {
        return ready.isFalse() && FAILURES.contains(ready.reason()) && ready.isSince(watched.pushedAt());
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
                .map(remediated -> cause + "; Flux then went back: " + remediated.text())
                .orElse(cause);
    }

    /** None where the release goes to another cluster. */
    private Members members() {
        if (release.tree().exists("spec", "kubeConfig")) {
            return Members.NONE;
        }
        Tree installed =
                release.tree().items("status", "history").stream().findFirst().orElse(new Tree(null));
        Optional<String> target = release.tree().text("spec", "targetNamespace");
        String name = installed
                .text("name")
                .or(() -> release.tree().text("spec", "releaseName"))
                .orElseGet(() -> target.map(namespace -> namespace + "-").orElse("") + release.name());
        return Members.ofRelease(installed.text("namespace").or(() -> target).orElse(release.namespace()), name);
    }
}
