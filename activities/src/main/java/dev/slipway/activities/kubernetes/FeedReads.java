package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.SlipwayException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Reads feeds from the API server, a few at a time. Whoever asks for one that waits to be read shares the answer: it is
 * always read after it was asked for.
 */
final class FeedReads {
    private static final int AT_A_TIME = 8;

    private final ClusterResources resources;
    private final Semaphore free = new Semaphore(AT_A_TIME, true);
    private final Map<Feed, CompletableFuture<Listing.Known>> waiting = new HashMap<>();

    FeedReads(ClusterResources resources) {
        this.resources = resources;
    }

    /** Fails as {@link ClusterFailures#listing} does. */
    Map<Feed, Listing> read(String cluster, Set<Feed> feeds) throws InterruptedException {
        Map<Feed, CompletableFuture<Listing.Known>> reads = new LinkedHashMap<>();
        feeds.forEach(feed -> reads.put(feed, read(feed)));
        Map<Feed, Listing> listings = new LinkedHashMap<>();
        for (Map.Entry<Feed, CompletableFuture<Listing.Known>> read : reads.entrySet()) {
            listings.put(read.getKey(), await(cluster, read.getKey(), read.getValue()));
        }
        return listings;
    }

    private static Listing await(String cluster, Feed feed, CompletableFuture<Listing.Known> read)
            throws InterruptedException, SlipwayException {
        try {
            return read.get();
        } catch (ExecutionException e) {
            return ClusterFailures.listing(cluster, "list", feed, ClusterFailures.cause(e));
        }
    }

    private CompletableFuture<Listing.Known> read(Feed feed) {
        synchronized (waiting) {
            return waiting.computeIfAbsent(feed, _ -> {
                CompletableFuture<Listing.Known> read = new CompletableFuture<>();
                Thread.ofVirtual().name("read " + feed.kind().plural()).start(() -> complete(feed, read));
                return read;
            });
        }
    }

    private void complete(Feed feed, CompletableFuture<Listing.Known> read) {
        free.acquireUninterruptibly();
        synchronized (waiting) {
            waiting.remove(feed);
        }
        try {
            read.complete(new Listing.Known(resources.list(feed)));
        } catch (RuntimeException e) {
            read.completeExceptionally(e);
        } finally {
            free.release();
        }
    }
}
