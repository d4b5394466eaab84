package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.SlipwayException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Keeps up with a feed: lists it, watches from there, and lists it again whenever the watch ends, for whatever reason. It
 * gives up when it cannot list.
 */
final class FeedWatch implements AutoCloseable {
    // API servers end a watch after minutes; whoever ends one at once is not asked at full speed.
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final KubernetesClient client;
    private final String cluster;
    private final Feed feed;
    private final Runnable changed;
    private final Thread thread;
    private @Nullable Map<String, KubernetesObject> objects;
    private @Nullable Listing instead;
    private @Nullable SlipwayException failure;

    /** {@code changed} is called, from any thread, whenever there is something else to see. */
    FeedWatch(KubernetesClient client, String cluster, Feed feed, Runnable changed) {
        this.client = client;
        this.cluster = cluster;
        this.feed = feed;
        this.changed = changed;
        this.thread = Thread.ofVirtual().name("watch " + feed.kind().plural()).start(this::run);
    }

    /** Empty as long as nothing is known. */
    synchronized Optional<Listing> listing() {
        if (instead != null) {
            return Optional.of(instead);
        }
        return Optional.ofNullable(objects).map(known -> new Listing.Known(List.copyOf(known.values())));
    }

    /** Why it has given up. */
    synchronized Optional<SlipwayException> failure() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void run() {
        String verb = "list";
        try {
            while (!Thread.currentThread().isInterrupted()) {
                verb = "list";
                GenericKubernetesResourceList list = resources().list(new ListOptions());
                replace(list.getItems());
                verb = "watch";
                watch(list.getMetadata().getResourceVersion());
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (KubernetesClientException e) {
            giveUp(verb, e);
        } catch (RuntimeException e) {
            // A watch that ends without a word would be waited for forever.
            giveUp(verb, new KubernetesClientException(String.valueOf(e.getMessage()), e));
        }
    }

    private void watch(String version) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        ListOptions options = new ListOptionsBuilder()
                .withResourceVersion(version)
                .withAllowWatchBookmarks(false)
                .build();
        try (Watch _ = resources().watch(options, new Changes(ended))) {
            ended.await();
        }
    }

    private FilterWatchListDeletable<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            resources() {
        var all = client.genericKubernetesResources(context(feed.kind())).inNamespace(feed.namespace());
        if (feed.field() != null) {
            return all.withField(feed.field().path(), feed.field().value());
        }
        return feed.labels() == null ? all : all.withLabelSelector(feed.labels());
    }

    static ResourceDefinitionContext context(Kind kind) {
        return new ResourceDefinitionContext.Builder()
                .withGroup(kind.group())
                .withVersion(kind.version())
                .withPlural(kind.plural())
                .withKind(kind.display())
                .withNamespaced(true)
                .build();
    }

    private final class Changes implements Watcher<GenericKubernetesResource> {
        private final CountDownLatch ended;

        private Changes(CountDownLatch ended) {
            this.ended = ended;
        }

        @Override
        public void eventReceived(Action action, GenericKubernetesResource resource) {
            switch (action) {
                case ADDED, MODIFIED -> put(resource);
                case DELETED -> remove(resource);
                case ERROR -> ended.countDown();
                case BOOKMARK -> {}
            }
        }

        @Override
        public void onClose() {
            ended.countDown();
        }

        @Override
        public void onClose(WatcherException cause) {
            ended.countDown();
        }
    }

    private void replace(List<GenericKubernetesResource> all) {
        Map<String, KubernetesObject> listed = new LinkedHashMap<>();
        all.forEach(resource -> listed.put(resource.getMetadata().getUid(), read(resource)));
        synchronized (this) {
            objects = listed;
        }
        changed.run();
    }

    private void put(GenericKubernetesResource resource) {
        KubernetesObject object = read(resource);
        synchronized (this) {
            if (objects != null) {
                objects.put(resource.getMetadata().getUid(), object);
            }
        }
        changed.run();
    }

    private void remove(GenericKubernetesResource resource) {
        synchronized (this) {
            if (objects != null) {
                objects.remove(resource.getMetadata().getUid());
            }
        }
        changed.run();
    }

    private KubernetesObject read(GenericKubernetesResource resource) {
        // The larger half of many objects, and of no interest.
        resource.getMetadata().setManagedFields(List.of());
        return new KubernetesObject(
                feed.kind(), new Tree(client.getKubernetesSerialization().convertValue(resource, Map.class)));
    }

    private void giveUp(String verb, KubernetesClientException e) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        SlipwayException translated = ClusterFailures.of(cluster, verb, feed, e);
        synchronized (this) {
            if (ClusterFailures.isNotFound(e)) {
                instead = new Listing.NoSuchKind();
            } else if (ClusterFailures.isRefusal(e)) {
                instead = new Listing.Refused(translated);
            } else {
                failure = translated;
            }
        }
        changed.run();
    }
}
