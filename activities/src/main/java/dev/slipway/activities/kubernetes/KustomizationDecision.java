package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
    private final Set<String> above;

    KustomizationDecision(Watched watched, View view, KubernetesObject kustomization) {
        this(watched, view, kustomization, Set.of());
    }

    /** {@code above}: those that have applied this one. They may apply each other, and themselves. */
    private KustomizationDecision(Watched watched, View view, KubernetesObject kustomization, Set<String> above) {
        this.watched = watched;
        this.view = view;
        this.kustomization = kustomization;
        this.above = new HashSet<>(above);
        this.above.add(kustomization.toString());
    }

    Reconciled look() {
        FluxSource source =
                FluxSource.of(watched, view, kustomization.tree().at("spec", "sourceRef"), kustomization.namespace());
        boolean attempted = isOurs("lastAttemptedRevision", source);
        Progress progress = progress(source, attempted);
        // What goes to another cluster is not to be seen here.
        if (!attempted || kustomization.tree().exists("spec", "kubeConfig")) {
            return new Reconciled(progress, List.of());
        }
        List<Members.Listed> inventory = inventory();
        return new Reconciled(progress, Members.ofInventory(inventory, kustomization.namespace(), kustomization.name()))
                .with(nested(inventory, progress instanceof Progress.Applied));
    }

    /** Those that it has applied and that apply more. What was suspended before this commit may be resumed by it. */
    private List<Reconciled> nested(List<Members.Listed> inventory, boolean applied) {
        List<Reconciled> nested = new ArrayList<>();
        for (Members.Listed listed : inventory) {
            Optional<Kind> kind =
                    Kind.of(listed.kind()).filter(one -> one == Kind.HELM_RELEASE || one == Kind.KUSTOMIZATION);
            kind.ifPresent(one -> view.one(one, listed.namespace(), listed.name())
                    .map(object -> applied || !object.isSuspended() ? nested(object) : Optional.<Reconciled>empty())
                    .orElseGet(() -> Optional.of(Reconciled.waiting(one.display() + " " + listed.namespace() + "/"
                            + listed.name() + ", which " + kustomization + " has applied, does not exist")))
                    .ifPresent(nested::add));
        }
        return nested;
    }

    /** Kustomizations of another source hold nothing of the commit. */
    private Optional<Reconciled> nested(KubernetesObject object) {
        if (object.kind() == Kind.HELM_RELEASE) {
            return Optional.of(new HelmReleaseDecision(watched, view, object).lookAtNested());
        }
        return above.contains(object.toString()) || !source(object).equals(source(kustomization))
                ? Optional.empty()
                : Optional.of(new KustomizationDecision(watched, view, object, above).look());
    }

    /** As {@code GitRepository flux-system/iac}. */
    private static String source(KubernetesObject kustomization) {
        Tree reference = kustomization.tree().at("spec", "sourceRef");
        return reference.text("kind").orElse("") + " "
                + reference.text("namespace").orElse(kustomization.namespace()) + "/"
                + reference.text("name").orElse("");
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
                    kustomization + " is waiting for kustomize-controller to observe its latest generation");
        }
        if (!attempted) {
            return isWithoutPath(ready)
                    ? failed(source, ready)
                    : new Progress.Waiting(kustomization + " has not applied " + source.revision()
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

    private List<Members.Listed> inventory() {
        return kustomization.tree().items("status", "inventory", "entries").stream()
                .map(entry -> entry.text("id").orElse("").split("_", -1))
                // As "<namespace>_<name>_<group>_<kind>".
                .filter(id -> id.length == 4)
                .map(id -> new Members.Listed(id[3], id[0], id[1]))
                .toList();
    }
}
