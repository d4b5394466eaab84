package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.util.Optional;

/** How far Flux has come. What is awaited may be a HelmRelease or a Kustomization; of two, the HelmRelease counts. */
final class FluxDecision {
    private final Watched watched;
    private final View view;

    FluxDecision(Watched watched, View view) {
        this.watched = watched;
        this.view = view;
    }

    Reconciled look() {
        Listing releases = view.at(Feed.one(Kind.HELM_RELEASE, watched.namespace(), watched.name()));
        if (releases instanceof Listing.Known(var found) && !found.isEmpty()) {
            return new HelmReleaseDecision(watched, view, found.getFirst()).look();
        }
        Listing kustomizations = view.at(Feed.one(Kind.KUSTOMIZATION, watched.namespace(), watched.name()));
        if (kustomizations instanceof Listing.Known(var found) && !found.isEmpty()) {
            return new KustomizationDecision(watched, view, found.getFirst()).look();
        }
        refusal(releases, kustomizations).ifPresent(refused -> {
            throw refused;
        });
        return Reconciled.waiting("Flux has no HelmRelease and no Kustomization " + watched.namespace() + "/"
                + watched.name() + " in cluster " + view.cluster());
    }

    private Optional<SlipwayException> refusal(Listing releases, Listing kustomizations) {
        if (releases instanceof Listing.Refused(var failure)) {
            return Optional.of(failure);
        }
        if (kustomizations instanceof Listing.Refused(var failure)) {
            return Optional.of(failure);
        }
        return releases instanceof Listing.NoSuchKind && kustomizations instanceof Listing.NoSuchKind
                ? Optional.of(new SlipwayException(
                        FailureType.CLUSTER_REFUSED,
                        "Flux is not installed in cluster " + view.cluster() + ": it has no "
                                + Kind.HELM_RELEASE.resource() + " (" + Kind.HELM_RELEASE.version() + ") and no "
                                + Kind.KUSTOMIZATION.resource() + " (" + Kind.KUSTOMIZATION.version() + ")."))
                : Optional.empty();
    }
}
