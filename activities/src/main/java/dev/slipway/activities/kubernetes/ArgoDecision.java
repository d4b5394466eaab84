package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far Argo CD has come with an Application. */
final class ArgoDecision {
    private static final Set<String> FAILURES = Set.of("Failed", "Error");

    // The health that is told right after a sync may be that of before.
    private static final Duration STALE_HEALTH = Duration.ofSeconds(30);
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(60);

    private final Watched watched;
    private final View view;

    ArgoDecision(Watched watched, View view) {
        this.watched = watched;
        this.view = view;
    }

    Reconciled look() {
        return view.one(Kind.APPLICATION, watched.namespace(), watched.name())
                .map(this::look)
                .orElseGet(() -> Reconciled.waiting("Argo CD has no Application " + watched.namespace() + "/"
                        + watched.name() + " in cluster " + view.cluster()));
    }

    private Reconciled look(KubernetesObject application) {
        boolean attempted =
                holdsCommit(application.tree().at("status", "operationState", "syncResult")) || isCurrent(application);
        return new Reconciled(progress(application), attempted ? members(application) : Members.NONE);
    }

    private Progress progress(KubernetesObject application) {
        Tree operation = application.tree().at("status", "operationState");
        boolean ours = holdsCommit(operation.at("syncResult")) || holdsCommit(operation.at("operation", "sync"));
        String phase = operation.text("phase").orElse("");
        if (ours && FAILURES.contains(phase)) {
            return new Progress.Failed(application + " could not be synced (" + phase + "): "
                    + operation.text("message").orElse("Argo CD reports no reason"));
        }
        if (!isCurrent(application)) {
            return new Progress.Waiting(application + " is at "
                    + application.tree().text("status", "sync", "revision").orElse("no revision")
                    + ", not yet at " + watched.commit() + error(application));
        }
        String sync = application.tree().text("status", "sync", "status").orElse("Unknown");
        if (!sync.equals("Synced")) {
            return new Progress.Waiting(application + " is " + sync
                    + (phase.equals("Running") ? "; Argo CD is syncing it" : "; waiting for a sync")
                    + error(application));
        }
        return health(application);
    }

    private Progress health(KubernetesObject application) {
        Tree health = application.tree().at("status", "health");
        String status = health.text("status").orElse("Unknown");
        if (status.equals("Healthy")) {
            return new Progress.Applied(application + " is synced and healthy");
        }
        String summary = application + " is synced and " + status.toLowerCase(Locale.ROOT) + reasons(application);
        boolean settled = application
                .tree()
                .time("status", "operationState", "finishedAt")
                .filter(finished -> finished.plus(STALE_HEALTH).isBefore(view.now()))
                .isPresent();
        return status.equals("Degraded") && settled ? new Progress.Failed(summary) : new Progress.Waiting(summary);
    }

    private static String reasons(KubernetesObject application) {
        String unwell = application.tree().items("status", "resources").stream()
                .filter(resource -> resource.text("health", "message").isPresent())
                .filter(resource -> resource.text("health", "status")
                        .filter("Healthy"::equals)
                        .isEmpty())
                .map(resource -> resource.text("kind").orElse("") + " "
                        + resource.text("name").orElse("") + ": "
                        + resource.text("health", "message").orElse(""))
                .collect(Collectors.joining("; "));
        return unwell.isEmpty() ? "" : ": " + unwell;
    }

    /** What keeps Argo CD from comparing, such as a repository that it may not read. */
    private static String error(KubernetesObject application) {
        return application.tree().items("status", "conditions").stream()
                .filter(condition -> condition.text("type").orElse("").endsWith("Error"))
                .map(condition -> ": " + condition.text("message").orElse(""))
                .findFirst()
                .orElse("");
    }

    /** Whether what Argo CD compares with is the commit, or one that came on top of it. */
    private boolean isCurrent(KubernetesObject application) {
        Tree sync = application.tree().at("status", "sync");
        if (holdsCommit(sync)) {
            return true;
        }
        boolean passed = application.tree().items("status", "history").stream().anyMatch(this::holdsCommit);
        boolean later = application
                .tree()
                .time("status", "operationState", "finishedAt")
                .filter(finished -> finished.isAfter(watched.pushedAt().plus(LONGEST_FETCH)))
                .isPresent();
        return (passed || later)
                && sync.text("revision")
                        .equals(application.tree().text("status", "operationState", "syncResult", "revision"));
    }

    /** Applications of several sources have several revisions. */
    private boolean holdsCommit(Tree sync) {
        return Stream.concat(
                        sync.text("revision").stream(),
                        sync.items("revisions").stream().map(Tree::text).flatMap(Optional::stream))
                .anyMatch(revision -> revision.contains(watched.commit()));
    }

    /** None where it goes to another cluster. */
    private static Members members(KubernetesObject application) {
        Tree destination = application.tree().at("spec", "destination");
        boolean here = destination.text("server").orElse("").equals("https://kubernetes.default.svc")
                || destination.text("name").orElse("").equals("in-cluster");
        if (!here) {
            return Members.NONE;
        }
        List<Members.Listed> inventory = application.tree().items("status", "resources").stream()
                .map(resource -> new Members.Listed(
                        resource.text("kind").orElse(""),
                        resource.text("namespace").orElse(""),
                        resource.text("name").orElse("")))
                .toList();
        return Members.ofInventory(
                inventory, destination.text("namespace").orElse(application.namespace()), application.name());
    }
}
