package dev.slipway.activities.kubernetes;

import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Git repository that Flux fetches what is awaited from; nothing, where it comes from elsewhere. */
record FluxSource(Watched watched, @Nullable KubernetesObject repository, String missing) {
    // A fetch that began before the push may end as late as this: it is the timeout that Flux gives to Git.
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(60);

    /** {@code reference} is a sourceRef of an object in {@code namespace}. */
    static FluxSource of(Watched watched, View view, Tree reference, String namespace) {
        if (reference.text("kind").filter(Kind.GIT_REPOSITORY.display()::equals).isEmpty()) {
            return new FluxSource(watched, null, "");
        }
        String at = reference.text("namespace").orElse(namespace);
        String name = reference.text("name").orElse("");
        return view.one(Kind.GIT_REPOSITORY, at, name)
                .map(repository -> new FluxSource(watched, repository, ""))
                .orElseGet(() -> new FluxSource(
                        watched, null, Kind.GIT_REPOSITORY.display() + " " + at + "/" + name + " does not exist"));
    }

    /** Whether the artifact that Flux has holds what is awaited, or nobody can tell. */
    boolean holdsCommit() {
        return missing.isEmpty() && (repository == null || revision().contains(watched.commit()));
    }

    /** Whether Flux has fetched since the push, be it another commit. */
    boolean isFetchedSincePush() {
        return fetched()
                .filter(time -> Condition.isNotBefore(time, watched.pushedAt()))
                .isPresent();
    }

    /** Whether what Flux has was surely made after the push: a later commit, which comes on top of what is awaited. */
    boolean isLaterCommit() {
        return fetched()
                .filter(time -> time.isAfter(watched.pushedAt().plus(LONGEST_FETCH)))
                .isPresent();
    }

    String revision() {
        return repository == null
                ? ""
                : repository.tree().text("status", "artifact", "revision").orElse("");
    }

    private Optional<Instant> fetched() {
        return Optional.ofNullable(repository)
                .flatMap(seen -> seen.tree().time("status", "artifact", "lastUpdateTime"));
    }

    /** What is to be said as long as the commit is not there. */
    Progress awaited() {
        KubernetesObject seen = repository;
        if (seen == null) {
            return new Progress.Waiting(missing);
        }
        if (seen.isSuspended()) {
            return new Progress.Failed(seen + " is suspended, so commit " + shortCommit()
                    + " is not fetched. Resume it with: flux resume source git " + seen.name() + " -n "
                    + seen.namespace());
        }
        Optional<Condition> stalled = seen.condition("Stalled").filter(Condition::isTrue);
        if (stalled.isPresent() && seen.isObserved()) {
            return new Progress.Failed(seen + " is stalled: " + stalled.get().text());
        }
        return seen.condition("Ready")
                .filter(Condition::isFalse)
                .map(ready -> new Progress.Waiting(
                        seen + " cannot fetch commit " + shortCommit() + ": " + ready.text(), seen))
                .orElseGet(() -> new Progress.Waiting(seen + " has not fetched commit " + shortCommit(), seen));
    }

    private String shortCommit() {
        return watched.commit().substring(0, Math.min(8, watched.commit().length()));
    }
}
