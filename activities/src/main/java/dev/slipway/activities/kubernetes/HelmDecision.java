package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** How far something that runs Helm has come, by the revisions of the release that Helm keeps in secrets. */
final class HelmDecision {
    private final Watched watched;
    private final View view;

    HelmDecision(Watched watched, View view) {
        this.watched = watched;
        this.view = view;
    }

    Reconciled look() {
        List<HelmRelease> revisions = view.all(Feed.revisions(watched.namespace(), watched.name())).stream()
                .filter(secret -> secret.tree()
                        .text("type")
                        .filter("helm.sh/release.v1"::equals)
                        .isPresent())
                .flatMap(secret -> HelmRelease.of(secret).stream())
                .sorted(Comparator.comparingInt(HelmRelease::revision).reversed())
                .toList();
        Optional<HelmRelease> ours = revisions.stream().filter(this::isOurs).findFirst();
        return ours.map(revision -> new Reconciled(
                        progress(revision, revisions.getFirst()),
                        Members.ofRelease(watched.namespace(), watched.name())))
                .orElseGet(() -> Reconciled.waiting(notYet(revisions)));
    }

    /** A revision tells no commit. So one that holds the version since before the push is not about the commit. */
    private boolean isOurs(HelmRelease revision) {
        return revision.chart().equals(watched.chart())
                && ChartVersion.isSame(revision.version(), watched.version(), watched.commit())
                && Condition.isNotBefore(revision.deployed(), watched.pushedAt());
    }

    private String notYet(List<HelmRelease> revisions) {
        return release()
                + (revisions.isEmpty()
                        ? " does not exist yet"
                        : " is at " + shown(revisions.getFirst()) + ", not yet at " + watched.chart() + " "
                                + watched.version() + " of this commit");
    }

    private Progress progress(HelmRelease ours, HelmRelease latest) {
        return switch (ours.status()) {
            case "deployed" -> new Progress.Applied(release() + " is at " + shown(ours));
            case "failed", "uninstalled", "uninstalling" ->
                new Progress.Failed(release() + " failed at " + shown(ours) + ": " + ours.description()
                        + (latest.equals(ours) ? "" : "; now it is at " + shown(latest) + ": " + latest.description()));
            case "superseded" ->
                new Progress.Waiting(release() + " has moved from " + shown(ours) + " to " + shown(latest));
            default -> new Progress.Waiting(release() + " is at " + shown(ours) + ": " + ours.status());
        };
    }

    private String release() {
        return "Helm release " + watched.namespace() + "/" + watched.name();
    }

    private static String shown(HelmRelease revision) {
        return revision.chart() + " " + revision.version() + " (revision " + revision.revision() + ")";
    }
}
