package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.util.List;
import java.util.Set;

/** How far Flux has come with a Kustomization. */
final class KustomizationDecision {
    // Not ArtifactFailed: an artifact that was there once will be there again.
    private static final Set<String> FAILURES =
            Set.of("BuildFailed", "HealthCheckFailed", "ReconciliationFailed", "PruneFailed");
    private static final String NO_PATH = "kustomization path not found";

    private final Watched watched;
    private final View view;
    private final KubernetesObject kustomization;

    KustomizationDecision(Watched watched, View view, KubernetesObject kustomization) {
        this.watched = watched;
        this.view = view;
        this.kustomization = kustomization;
    }

    Reconciled look() {
        FluxSource source =
                FluxSource.of(watched, view, kustomization.tree().at("spec", "sourceRef"), kustomization.namespace());
        boolean attempted = isOurs("lastAttemptedRevision", source);
        return new Reconciled(progress(source, attempted), attempted ? members() : Members.NONE);
    }

    private Progress progress(FluxSource source, boolean attempted) {
        if (kustomization.isSuspended()) {
            return new Progress.Failed(kustomization + " is suspended. Resume it with: flux resume kustomization "
                    + kustomization.name() + " -n " + kustomization.namespace());
        }
        if (!source.holdsCommit() && !source.isLaterCommit()) {
            return source.awaited();
        }
        Condition ready = kustomization.condition("Ready").orElse(Condition.of(new Tree(null)));
        if (!isObserved(ready)) {
            return new Progress.Waiting(
                    kustomization + " waits for kustomize-controller to see its latest specification");
        }
        if (!attempted) {
            return isWithoutPath(ready)
                    ? failed(source, ready)
                    : new Progress.Waiting(kustomization + " has not taken up " + source.revision()
                            + (ready.isTrue() || ready.text().isEmpty() ? "" : ": " + ready.text()));
        }
        return outcome(source, ready);
    }

    private Progress outcome(FluxSource source, Condition ready) {
        boolean failed = ready.isFalse() && FAILURES.contains(ready.reason()) && ready.isSince(watched.pushedAt());
        if (kustomization.isTrue("Stalled") || failed) {
            return failed(source, ready);
        }
        if (!ready.isTrue() || !isOurs("lastAppliedRevision", source)) {
            return new Progress.Waiting(
                    kustomization + " applies " + source.revision() + (ready.isFalse() ? ": " + ready.text() : ""));
        }
        return new Progress.Applied(kustomization + " has applied " + source.revision());
    }

    private Progress failed(FluxSource source, Condition ready) {
        return new Progress.Failed(kustomization + " failed at " + source.revision() + " (" + ready.reason() + "): "
                + ready.text().strip());
    }

    /** The controller counts a specification as observed once it has applied it; what fails is told by its condition. */
    private boolean isObserved(Condition ready) {
        return kustomization.isObserved()
                || ready.generation() >= kustomization.tree().number("metadata", "generation");
    }

    /** Such a try does not count as an attempt; the revision that it was about is told beside it. */
    private boolean isWithoutPath(Condition ready) {
        return ready.isFalse()
                && ready.message().startsWith(NO_PATH)
                && kustomization
                        .condition("Reconciling")
                        .filter(trying -> trying.message().contains(watched.commit()))
                        .isPresent();
    }

    /** A commit that came on top of what is awaited counts too. */
    private boolean isOurs(String field, FluxSource source) {
        String revision = kustomization.tree().text("status", field).orElse("");
        return revision.contains(watched.commit())
                || (source.isLaterCommit() && !revision.isEmpty() && revision.equals(source.revision()));
    }

    /** None where it goes to another cluster. */
    private Members members() {
        if (kustomization.tree().exists("spec", "kubeConfig")) {
            return Members.NONE;
        }
        List<Members.Listed> inventory = kustomization.tree().items("status", "inventory", "entries").stream()
                .map(entry -> entry.text("id").orElse("").split("_", -1))
                // As "<namespace>_<name>_<group>_<kind>".
                .filter(id -> id.length == 4)
                .map(id -> new Members.Listed(id[3], id[0], id[1]))
                .toList();
        return Members.ofInventory(inventory, kustomization.namespace(), kustomization.name());
    }
}
