package dev.slipway.activities.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a feed, kept current by one informer for everyone who asks for some of them. An informer that fails,
 * loses its connection or grows old is over, and is replaced by {@link ClusterFeeds}.
 */
final class SharedFeed {
    // A connection that died silently shows only in a new one; so do credentials that have expired.
    static final Duration LONGEST = Duration.ofMinutes(5);

    // The next deployment, or the next look of the same one, finds it as it is.
    private static final Duration LINGER = Duration.ofMinutes(1);

    /** Why it could not begin: {@code verb} is what was asked for. */
    record Failed(String verb, KubernetesClientException cause) {}

    private final ClusterResources resources;
    private final Feed feed;
    private final SharedIndexInformer<GenericKubernetesResource> informer;
    private final Instant begun = Instant.now();
    private final Set<Use> uses = ConcurrentHashMap.newKeySet();
    private final Map<String, KubernetesObject> objects = new LinkedHashMap<>();
    private @Nullable List<KubernetesObject> all;
    private @Nullable Failed failed;
    private Instant left = begun;
    private boolean listed;
    private boolean watched;
    private boolean disconnected;
    private boolean over;

    SharedFeed(ClusterResources resources, Feed feed) {
        this.resources = resources;
        this.feed = feed;
        this.informer = resources.informer(feed);
    }

    /** Of someone who asks for {@code part} of it, and closes it. {@code changed} is called, from any thread. */
    final class Use implements AutoCloseable {
        private final Feed part;
        private final Runnable changed;

        private Use(Feed part, Runnable changed) {
            this.part = part;
            this.changed = changed;
        }

        /** Empty until it has been listed and is watched. */
        Optional<Listing.Known> listing() {
            return known(part);
        }

        Optional<Failed> failed() {
            synchronized (SharedFeed.this) {
                return Optional.ofNullable(failed);
            }
        }

        /** Whether to ask for the feed anew. One that was refused is left alone for a while. */
        boolean isOver() {
            synchronized (SharedFeed.this) {
                return over && (failed == null || !Instant.now().isBefore(begun.plus(LONGEST)));
            }
        }

        @Override
        public void close() {
            uses.remove(this);
            synchronized (SharedFeed.this) {
                left = Instant.now();
            }
        }
    }

    Use use(Feed part, Runnable changed) {
        Use use = new Use(part, changed);
        uses.add(use);
        return use;
    }

    void start() {
        // An informer that tries again would hide for how long it has known nothing.
        informer.exceptionHandler((_, _) -> false).addEventHandler(new Changes());
        informer.stopped().whenComplete((_, thrown) -> {
            if (thrown != null) {
                fail(thrown);
            }
        });
        informer.start().whenComplete((_, thrown) -> {
            if (thrown == null) {
                synchronized (this) {
                    watched = true;
                }
                tell(_ -> true);
            }
        });
    }

    /** Whether it is of use any longer; asked every second. Ends it where it is not. */
    boolean isAlive(Instant now) {
        synchronized (this) {
            boolean connected = over || !watched || informer.isWatching();
            // From one connection to the next it takes a moment.
            boolean lost = disconnected && !connected;
            disconnected = !connected;
            boolean unused = uses.isEmpty() && left.plus(LINGER).isBefore(now);
            if (!over && !lost && !unused && now.isBefore(begun.plus(LONGEST))) {
                return true;
            }
        }
        end(null);
        return false;
    }

    synchronized boolean isOver() {
        return over;
    }

    void end() {
        end(null);
    }

    private void end(@Nullable Failed why) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            failed = why;
        }
        informer.stop();
        tell(_ -> true);
    }

    private void fail(Throwable thrown) {
        boolean begins;
        synchronized (this) {
            begins = !watched;
        }
        // One that had begun is begun anew, which shows what is wrong.
        String verb = informer.lastSyncResourceVersion() == null ? "list" : "watch";
        end(begins ? new Failed(verb, ClusterFailures.cause(thrown)) : null);
    }

    private synchronized Optional<Listing.Known> known(Feed part) {
        if (!listed || !watched) {
            return Optional.empty();
        }
        List<KubernetesObject> known = switch (part.own()) {
            case null -> all();
            case Feed.Selector.Field name ->
                Optional.ofNullable(objects.get(name.value())).map(List::of).orElse(List.of());
            case Feed.Selector.Label label ->
                all().stream().filter(label::selects).toList();
        };
        return Optional.of(new Listing.Known(known));
    }

    /** The same list for everyone, until something changes. */
    private List<KubernetesObject> all() {
        if (all == null) {
            all = List.copyOf(objects.values());
        }
        return all;
    }

    private void tell(Predicate<Use> concerned) {
        uses.stream().filter(concerned).forEach(use -> use.changed.run());
    }

    private void change(KubernetesObject object, boolean exists) {
        @Nullable KubernetesObject before;
        synchronized (this) {
            before = exists ? objects.put(object.name(), object) : objects.remove(object.name());
            all = null;
            if (!listed) {
                return;
            }
        }
        tell(use -> use.part.selects(object) || (before != null && use.part.selects(before)));
    }

    /** Called in order: first all that was listed, then the end of the list. */
    private final class Changes implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource added) {
            change(resources.read(feed.kind(), added), true);
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource after) {
            change(resources.read(feed.kind(), after), true);
        }

        @Override
        public void onDelete(GenericKubernetesResource deleted, boolean unseen) {
            change(resources.read(feed.kind(), deleted), false);
        }

        @Override
        public void onList(String version, boolean remainedEmpty) {
            synchronized (SharedFeed.this) {
                listed = true;
            }
            tell(_ -> true);
        }
    }
}
