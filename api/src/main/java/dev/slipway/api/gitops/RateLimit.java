package dev.slipway.api.gitops;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each client, of which so many are remembered: the one that was not seen for longest is forgotten first,
 * so that no number of addresses takes more memory.
 */
final class RateLimit {
    private static final int CLIENTS = 10_000;

    private final int burst;
    private final long nanosEach;
    private final LongSupplier clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > CLIENTS;
        }
    };

    /** {@code burst} requests at once, and as many again over each {@code period}. */
    RateLimit(int burst, Duration period, LongSupplier clock) {
        this.burst = burst;
        this.nanosEach = period.dividedBy(burst).toNanos();
        this.clock = clock;
    }

    /** How long the client has to wait before its next request; zero where this one is taken. */
    synchronized Duration take(String client) {
        long now = clock.getAsLong();
        Bucket before = buckets.getOrDefault(client, new Bucket(burst * nanosEach, now));
        long saved = Math.min(burst * nanosEach, before.saved + (now - before.at));
        boolean taken = saved >= nanosEach;
        buckets.put(client, new Bucket(taken ? saved - nanosEach : saved, now));
        return taken ? Duration.ZERO : Duration.ofNanos(nanosEach - saved);
    }

    synchronized int clients() {
        return buckets.size();
    }

    /** How much time was saved up, at a moment. */
    private record Bucket(long saved, long at) {}
}
