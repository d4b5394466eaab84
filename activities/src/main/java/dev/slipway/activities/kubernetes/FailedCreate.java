package dev.slipway.activities.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * That a controller cannot create the pods of a workload: a quota, an admission policy, a webhook. Deployments say so in
 * their status; of the others it is told by events only.
 *
 * @param since when it failed first
 * @param last when it failed last
 */
record FailedCreate(Instant since, Instant last, String message) {
    /** While old pods end, a quota may be exceeded for a moment. */
    static final Duration GRACE = Duration.ofSeconds(10);

    private static final String REASON = "FailedCreate";
    private static final Set<Kind> SILENT = Set.of(Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.JOB);

    /** Nothing where it has created {@code pods} since, or events may not be looked at. */
    static Optional<FailedCreate> of(View view, KubernetesObject workload, List<KubernetesObject> pods) {
        if (!SILENT.contains(workload.kind()) || !lacksPods(workload)) {
            return Optional.empty();
        }
        return view.allIfAllowed(Feed.events(workload.namespace(), REASON)).stream()
                .filter(event -> event.tree()
                        .text("involvedObject", "uid")
                        .filter(workload.uid()::equals)
                        .isPresent())
                .map(FailedCreate::of)
                .filter(failed -> pods.stream().noneMatch(pod -> pod.created().isAfter(failed.last())))
                .max(Comparator.comparing(FailedCreate::last));
    }

    private static FailedCreate of(KubernetesObject event) {
        Tree tree = event.tree();
        Instant since =
                tree.time("firstTimestamp").or(() -> tree.time("eventTime")).orElseGet(event::created);
        Instant last = tree.time("series", "lastObservedTime")
                .or(() -> tree.time("lastTimestamp"))
                .orElse(since);
        return new FailedCreate(since, last, tree.text("message").orElse(REASON));
    }

    private static boolean lacksPods(KubernetesObject workload) {
        Tree status = workload.tree().at("status");
        return switch (workload.kind()) {
            case STATEFUL_SET -> status.number("replicas") < WorkloadStatus.replicas(workload);
            case DAEMON_SET -> status.number("currentNumberScheduled") < status.number("desiredNumberScheduled");
            default -> status.number("active") == 0;
        };
    }

    /** From when on it counts. Equal events are told as one: what has begun before the push may have ended since. */
    Instant countsAt(Instant pushedAt) {
        return (Condition.isNotBefore(since, pushedAt) ? since : last).plus(GRACE);
    }
}
