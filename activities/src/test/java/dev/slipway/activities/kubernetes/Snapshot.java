package dev.slipway.activities.kubernetes;

import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.Cluster;
import dev.slipway.core.gitops.Reconciler;
import dev.slipway.workflows.gitops.Observation;
import dev.slipway.workflows.gitops.ReconciliationActivities.Watched;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A cluster as it is at a moment, written in YAML. */
final class Snapshot {
    static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    static final Instant PUSHED = Instant.parse("2026-05-01T10:00:00Z");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final List<KubernetesObject> objects = new ArrayList<>();
    private final Map<Kind, Listing> instead = new EnumMap<>(Kind.class);
    private Instant now = PUSHED.plusSeconds(20);

    static Snapshot of(String... manifests) {
        Snapshot snapshot = new Snapshot();
        for (String manifest : manifests) {
            snapshot.and(manifest);
        }
        return snapshot;
    }

    Snapshot and(String manifest) {
        Map<?, ?> content = YAML.unmarshal(manifest, Map.class);
        Kind kind = Kind.of(String.valueOf(content.get("kind"))).orElseThrow();
        objects.add(new KubernetesObject(kind, new Tree(content)));
        return this;
    }

    Snapshot without(Kind... kinds) {
        for (Kind kind : kinds) {
            instead.put(kind, new Listing.NoSuchKind());
        }
        return this;
    }

    Snapshot refusing(Kind kind, SlipwayException why) {
        instead.put(kind, new Listing.Refused(why));
        return this;
    }

    Snapshot at(Instant time) {
        now = time;
        return this;
    }

    static Watched watched(Reconciler reconciler) {
        return new Watched(
                new Cluster("prod", "kubeconfig"),
                reconciler,
                "apps",
                "shop",
                "shop",
                "charts/shop",
                "1.1.0",
                COMMIT,
                "main",
                PUSHED,
                false);
    }

    /** Decides as often as it takes until all that is asked for is known. */
    Verdict verdict(Reconciler reconciler) {
        Map<Feed, Listing> known = new HashMap<>();
        while (true) {
            View view = new View("prod", known, now);
            Verdict verdict = Decision.decide(watched(reconciler), view);
            if (view.isComplete()) {
                return verdict;
            }
            view.wanted().forEach(feed -> known.put(feed, listing(feed)));
        }
    }

    private Listing listing(Feed feed) {
        return instead.getOrDefault(
                feed.kind(),
                new Listing.Known(objects.stream()
                        .filter(object -> object.kind() == feed.kind())
                        .filter(object -> object.namespace().equals(feed.namespace()))
                        .filter(feed::selects)
                        .toList()));
    }

    /** In a line, as {@code ready: ...}. */
    String told(Reconciler reconciler) {
        return switch (verdict(reconciler).observation()) {
            case Observation.Progressing(var summary) -> "progressing: " + summary;
            case Observation.Ready(var summary) -> "ready: " + summary;
            case Observation.Broken(var failure) -> "broken: " + failure.message();
        };
    }
}
