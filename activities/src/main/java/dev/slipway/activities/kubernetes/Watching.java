package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.SlipwayException;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Watches whatever a decision asks for, and decides whenever something of it changes. */
final class Watching implements AutoCloseable {
    private static final Duration SETTLING = Duration.ofMillis(500);

    // In a busy namespace something changes all the time.
    private static final Duration PAUSE = Duration.ofMillis(100);

    // Only a new connection shows that one has died without a word.
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final Watched watched;
    private final Findings findings;
    private final Map<Feed, FeedWatch> feeds = new LinkedHashMap<>();
    private Instant stale = Instant.now().plus(FRESH);
    private long changes;

    Watching(KubernetesClient client, Watched watched) {
        this.client = client;
        this.watched = watched;
        this.findings = new Findings(client, watched);
    }

    /** Waits until there is something else to say than {@code seen}. */
    Observation until(@Nullable String seen) throws InterruptedException {
        while (true) {
            long before = changes();
            Verdict verdict = judge();
            if (verdict.isFinal()) {
                // Watches of different kinds are not in step: what they show together may never have been so.
                begin();
                verdict = judge();
            }
            if (verdict.isFinal()) {
                return findings.told(verdict);
            }
            findings.nudge(verdict);
            if (isNews(verdict, seen)) {
                verdict = settled();
                if (!verdict.isFinal() && isNews(verdict, seen)) {
                    return verdict.observation();
                }
                continue;
            }
            awaitChange(before, verdict.again());
            Thread.sleep(PAUSE);
        }
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
            View view = new View(watched.cluster().name(), known(), Instant.now());
            Optional<Verdict> verdict = judge(view);
            view.wanted().forEach(feed -> feeds.computeIfAbsent(feed, this::watch));
            if (verdict.isPresent()) {
                return verdict.get();
            }
            awaitChange(before, null);
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

    private FeedWatch watch(Feed feed) {
        return new FeedWatch(client, watched.cluster().name(), feed, this::note);
    }

    private Map<Feed, Listing> known() {
        Map<Feed, Listing> known = new LinkedHashMap<>();
        for (Map.Entry<Feed, FeedWatch> entry : feeds.entrySet()) {
            entry.getValue().failure().ifPresent(failure -> {
                throw failure;
            });
            entry.getValue().listing().ifPresent(listing -> known.put(entry.getKey(), listing));
        }
        return known;
    }

    /** Forgets all, and so has everything read anew. */
    private void begin() {
        close();
        stale = Instant.now().plus(FRESH);
    }

    private synchronized void note() {
        changes++;
        notifyAll();
    }

    private synchronized long changes() {
        return changes;
    }

    private void awaitChange(long before, @Nullable Instant again) throws InterruptedException {
        Instant until = again == null || stale.isBefore(again) ? stale : again;
        synchronized (this) {
            while (changes == before && Instant.now().isBefore(until)) {
                wait(Math.max(1, Duration.between(Instant.now(), until).toMillis()));
            }
        }
        if (!Instant.now().isBefore(stale)) {
            begin();
        }
    }

    @Override
    public void close() {
        feeds.values().forEach(FeedWatch::close);
        feeds.clear();
    }
}
