package dev.slipway.activities.kubernetes;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The feeds of one cluster that are watched for one account: one watch for each, however many ask. */
final class ClusterFeeds implements AutoCloseable {
    private static final Duration CHECK = Duration.ofSeconds(1);

    private final ClusterResources resources;
    private final Map<Feed, SharedFeed> shared = new HashMap<>();
    private final Thread checks;

    ClusterFeeds(ClusterResources resources) {
        this.resources = resources;
        this.checks = Thread.ofVirtual().name("watches of a cluster").start(this::check);
    }

    /** {@code changed} is called, from any thread, whenever there may be something else to see of {@code part}. */
    SharedFeed.Use use(Feed part, Runnable changed) {
        synchronized (shared) {
            SharedFeed feed = shared.get(part.shared());
            if (feed != null && !feed.isOver()) {
                return feed.use(part, changed);
            }
            SharedFeed next = new SharedFeed(resources, part.shared());
            shared.put(part.shared(), next);
            SharedFeed.Use use = next.use(part, changed);
            next.start();
            return use;
        }
    }

    private void check() {
        try {
            while (true) {
                Thread.sleep(CHECK);
                synchronized (shared) {
                    shared.values().removeIf(feed -> !feed.isAlive(Instant.now()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        checks.interrupt();
        synchronized (shared) {
            shared.values().forEach(SharedFeed::end);
            shared.clear();
        }
    }
}
