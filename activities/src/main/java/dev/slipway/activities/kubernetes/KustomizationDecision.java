package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How far Flux has come with a Kustomization. */
final class KustomizationDecision {
    private static final Set<String> FAILURES =
            Set.of("BuildFailed", "HealthCheckFailed", "ReconciliationFailed", "PruneFailed", "ArtifactFailed");

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
        if (!kustomization.isObserved()) {
            return new Progress.Waiting(
                    kustomization + " waits for kustomize-controller to see its latest specification");
        }
        Optional<Condition> ready = kustomization.condition("Ready");
        if (!attempted) {
            return new Progress.Waiting(kustomization + " has not taken up " + source.revision()
                    + ready.filter(condition -> !condition.isTrue())
                            .map(condition -> ": " + condition.text())
                            .orElse(""));
        }
        return outcome(source, ready.orElse(Condition.of(new Tree(null))));
    }

    private Progress outcome(FluxSource source, Condition ready) {
        boolean failed = ready.isFalse() && FAILURES.contains(ready.reason()) && ready.isSince(watched.pushedAt());
        if (kustomization.isTrue("Stalled") || failed) {
            return new Progress.Failed(
                    kustomization + " failed at " + source.revision() + " (" + ready.reason() + "): " + ready.text());
        }
        if (!ready.isTrue() || !isOurs("lastAppliedRevision", source)) {
            return new Progress.Waiting(
                    kustomization + " applies " + source.revision() + (ready.isFalse() ? ": " + ready.text() : ""));
        }
        return new Progress.Applied(kustomization + " has applied " + source.revision());
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
