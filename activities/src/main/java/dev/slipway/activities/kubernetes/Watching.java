package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.SlipwayException;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Watches whatever a decision asks for, and decides whenever something of it changes. What is watched may be behind, so an
 * end is decided by what is read for it alone.
 */
final class Watching implements AutoCloseable {
    private static final Duration SETTLING = Duration.ofMillis(500);

    // In a busy namespace something changes all the time.
    private static final Duration PAUSE = Duration.ofMillis(100);

    // Where the watches say that it is over, and a read does not.
    private static final Duration BEHIND = Duration.ofSeconds(1);

    private final ClusterFeeds shared;
    private final FeedReads reads;
    private final Watched watched;
    private final Findings findings;
    private final Map<Feed, SharedFeed.Use> feeds = new LinkedHashMap<>();
    private long changes;

    Watching(ClusterClients.Lease cluster, Watched watched) {
        this.shared = cluster.feeds();
        this.reads = cluster.reads();
        this.watched = watched;
        this.findings = new Findings(cluster.resources(), watched);
    }

    /** Waits until there is something else to say than {@code seen}. */
    Observation until(@Nullable String seen) throws InterruptedException {
        prove();
        while (true) {
            long before = changes();
            Verdict verdict = judge();
            if (verdict.isFinal()) {
                verdict = confirm();
                if (verdict.isFinal()) {
                    return findings.told(verdict);
                }
                if (isNews(verdict, seen)) {
                    return verdict.observation();
                }
                awaitChange(before, Instant.now().plus(BEHIND));
            } else {
                findings.nudge(verdict);
                if (isNews(verdict, seen)) {
                    verdict = settled();
                    if (!verdict.isFinal() && isNews(verdict, seen)) {
                        return verdict.observation();
                    }
                    continue;
                }
                awaitChange(before, verdict.again());
            }
            Thread.sleep(PAUSE);
        }
    }

    /** Fails where the cluster is away or takes the credentials no longer, which a watch that has long begun hides. */
    private void prove() throws InterruptedException {
        View nothing = view(Map.of());
        judge(nothing);
        reads.read(name(), firstOf(nothing.wanted()));
    }

    private static Set<Feed> firstOf(Set<Feed> feeds) {
        return feeds.isEmpty() ? Set.of() : Set.of(feeds.iterator().next());
    }

    /** What there is to say once it has had the time to settle; an end is told at once. */
    private Verdict settled() throws InterruptedException {
        Instant until = Instant.now().plus(SETTLING);
        while (true) {
            Thread.sleep(PAUSE);
            long before = changes();
            Verdict verdict = judge();
            if (verdict.isFinal() || !Instant.now().isBefore(until)) {
                return verdict;
            }
            awaitChange(before, until);
        }
    }

    private static boolean isNews(Verdict verdict, @Nullable String seen) {
        return verdict.observation() instanceof Observation.Progressing(var summary) && !summary.equals(seen);
    }

    /** What is to be said of all that the decision asks for. */
    private Verdict judge() throws InterruptedException {
        while (true) {
            long before = changes();
            View view = view(known());
            Optional<Verdict> verdict = judge(view);
            view.wanted().forEach(feed -> feeds.computeIfAbsent(feed, this::use));
            if (verdict.isPresent()) {
                return verdict.get();
            }
            awaitChange(before, null);
        }
    }

    /** What is to be said of it by what the cluster holds now. */
    private Verdict confirm() throws InterruptedException {
        Map<Feed, Listing> read = new LinkedHashMap<>();
        while (true) {
            View view = view(read);
            Optional<Verdict> verdict = judge(view);
            if (verdict.isPresent()) {
                return verdict.get();
            }
            // What is asked for first says what is awaited: the rest must not be older.
            Set<Feed> missing = new LinkedHashSet<>(view.wanted());
            missing.removeAll(read.keySet());
            read.putAll(reads.read(name(), missing));
        }
    }

    private Optional<Verdict> judge(View view) {
        try {
            Verdict verdict = Decision.decide(watched, view);
            return view.isComplete() ? Optional.of(verdict) : Optional.empty();
        } catch (SlipwayException e) {
            // What is refused may not be needed once the rest is known.
            if (view.isComplete()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private View view(Map<Feed, Listing> known) {
        return new View(name(), known, Instant.now());
    }

    private String name() {
        return watched.cluster().name();
    }

    private SharedFeed.Use use(Feed feed) {
        SharedFeed.Use use = shared.use(feed, this::note);
        // What others watch already is to be seen at once.
        note();
        return use;
    }

    private Map<Feed, Listing> known() {
        Map<Feed, Listing> known = new LinkedHashMap<>();
        for (Map.Entry<Feed, SharedFeed.Use> entry : feeds.entrySet()) {
            Feed feed = entry.getKey();
            SharedFeed.Use use = entry.getValue();
            if (use.isOver()) {
                use.close();
                entry.setValue(use(feed));
                continue;
            }
            use.failed()
                    .ifPresentOrElse(
                            failed -> known.put(
                                    feed, ClusterFailures.listing(name(), failed.verb(), feed, failed.cause())),
                            () -> use.listing().ifPresent(listing -> known.put(feed, listing)));
        }
        return known;
    }

    private synchronized void note() {
        changes++;
        notifyAll();
    }

    private synchronized long changes() {
        return changes;
    }

    private synchronized void awaitChange(long before, @Nullable Instant again) throws InterruptedException {
        Instant latest = Instant.now().plus(SharedFeed.LONGEST);
        Instant until = again == null || latest.isBefore(again) ? latest : again;
        while (changes == before && Instant.now().isBefore(until)) {
            wait(Math.max(1, Duration.between(Instant.now(), until).toMillis()));
        }
    }

    @Override
    public void close() {
        feeds.values().forEach(SharedFeed.Use::close);
        feeds.clear();
    }
}
