package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a cluster at a moment. It notes what it is asked for: that is what has to be watched. A decision that
 * was made while something it asked for was unknown is void.
 */
final class View {
    private final String cluster;
    private final Map<Feed, Listing> known;
    private final Instant now;
    private final Set<Feed> wanted = new LinkedHashSet<>();

    View(String cluster, Map<Feed, Listing> known, Instant now) {
        this.cluster = cluster;
        this.known = known;
        this.now = now;
    }

    String cluster() {
        return cluster;
    }

    Instant now() {
        return now;
    }

    Set<Feed> wanted() {
        return wanted;
    }

    boolean isComplete() {
        return known.keySet().containsAll(wanted);
    }

    Listing at(Feed feed) {
        wanted.add(feed);
        return known.getOrDefault(feed, new Listing.Known(List.of()));
    }

    /** What cannot be done without. */
    List<KubernetesObject> all(Feed feed) {
        return switch (at(feed)) {
            case Listing.Known(var objects) -> objects;
            case Listing.NoSuchKind() ->
                throw new SlipwayException(
                        FailureType.CLUSTER_REFUSED,
                        "Cluster " + cluster + " has no " + feed.kind().display() + ": the CRD "
                                + feed.kind().resource() + " is not installed, at least not in version "
                                + feed.kind().version() + ".");
            case Listing.Refused(var failure) -> throw failure;
        };
    }

    List<KubernetesObject> all(Kind kind, String namespace) {
        return all(Feed.all(kind, namespace));
    }

    Optional<KubernetesObject> one(Kind kind, String namespace, String name) {
        return all(Feed.one(kind, namespace, name)).stream().findFirst();
    }

    /** What helps to explain, and is done without where it may not be looked at. */
    Optional<KubernetesObject> oneIfAllowed(Kind kind, String namespace, String name) {
        return allIfAllowed(Feed.one(kind, namespace, name)).stream().findFirst();
    }

    /** As {@link #oneIfAllowed}. */
    List<KubernetesObject> allIfAllowed(Feed feed) {
        return at(feed) instanceof Listing.Known(var objects) ? objects : List.of();
    }
}
