package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.util.Optional;

/** How far Flux has come with a HelmRelease. */
final class HelmReleaseDecision {
    private final Watched watched;
    private final View view;
    private final KubernetesObject release;
    private final ReleaseOutcome outcome;

    HelmReleaseDecision(Watched watched, View view, KubernetesObject release) {
        this.watched = watched;
        this.view = view;
        this.release = release;
        this.outcome = new ReleaseOutcome(release, watched.pushedAt());
    }

    Reconciled look() {
        Optional<KubernetesObject> chart = chart();
        FluxSource source = source(chart);
        boolean attempted = isAttempted(source);
        return new Reconciled(progress(chart, source, attempted), attempted ? outcome.members() : Members.NONE);
    }

    /** As one that a Kustomization has applied: its chart may be another than the one that is awaited. */
    Reconciled lookAtNested() {
        return holdsAwaitedChart() ? look() : new Reconciled(current(), outcome.members());
    }

    private boolean holdsAwaitedChart() {
        Optional<KubernetesObject> chart = chart();
        boolean fromGit = sourceReference(chart)
                .text("kind")
                .filter(Kind.GIT_REPOSITORY.display()::equals)
                .isPresent();
        String path = chart.flatMap(object -> object.tree().text("spec", "chart"))
                .or(() -> release.tree().text("spec", "chart", "spec", "chart"))
                .orElse("");
        return fromGit && withoutSlashes(path).equals(watched.path());
    }

    /** As {@code charts/shop}, however it is written. */
    private static String withoutSlashes(String path) {
        return path.replaceFirst("^(\\.?/)+", "").replaceFirst("/+$", "");
    }

    private Progress current() {
        if (release.isSuspended()) {
            // Somebody wants it so, and it is not what was deployed.
            return new Progress.Applied(release + " is suspended");
        }
        if (!release.isObserved()) {
            return notSeen();
        }
        String version = outcome.lastAttempted();
        return version.isEmpty()
                ? new Progress.Waiting(release + " has not applied its chart yet" + notReady(chart()))
                : outcome.of(version);
    }

    private Progress suspended() {
        return new Progress.Failed(release + " is suspended. Resume it with: flux resume helmrelease " + release.name()
                + " -n " + release.namespace());
    }

    private Progress notSeen() {
        return new Progress.Waiting(release + " is waiting for helm-controller to observe its latest generation");
    }

    private Progress progress(Optional<KubernetesObject> chart, FluxSource source, boolean attempted) {
        if (release.isSuspended()) {
            return suspended();
        }
        if (!source.holdsCommit() && !(source.isFetchedSincePush() && attempted)) {
            return source.awaited();
        }
        if (!release.isObserved()) {
            return notSeen();
        }
        return attempted ? outcome.of(watched.version()) : notAttempted(chart);
    }

    private FluxSource source(Optional<KubernetesObject> chart) {
        return FluxSource.of(
                watched,
                view,
                sourceReference(chart),
                chart.map(KubernetesObject::namespace).orElse(release.namespace()));
    }

    private Tree sourceReference(Optional<KubernetesObject> chart) {
        return chart.map(object -> object.tree().at("spec", "sourceRef"))
                .orElseGet(() -> release.tree().at("spec", "chart", "spec", "sourceRef"));
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
                .orElse(" has not applied version " + watched.version());
        return new Progress.Waiting(release + attempted + notReady(chart));
    }

    private String notReady(Optional<KubernetesObject> chart) {
        return chart.flatMap(object -> object.condition("Ready"))
                .filter(Condition::isFalse)
                .or(() -> release.condition("Ready").filter(ready -> !ready.isTrue()))
                .map(condition -> ": " + condition.text())
                .orElse("");
    }
}
