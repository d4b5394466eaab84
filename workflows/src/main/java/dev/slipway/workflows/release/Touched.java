package dev.slipway.workflows.release;

import dev.slipway.core.fleet.Revision;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The targets that a deployment has begun to change, with what each ran before, as its own agent saw it. */
final class Touched {
    private final TreeMap<Integer, Optional<Revision>> previous = new TreeMap<>(Comparator.reverseOrder());

    static Touched of(List<Progress.TouchedTargets> groups) {
        Touched touched = new Touched();
        groups.forEach(group -> group.ids().forEach((index, id) -> touched.previous.put(index, group.revision(id))));
        return touched;
    }

    /** The first word counts: a later attempt sees what the first one left half done. */
    void add(int index, Optional<Revision> ran) {
        previous.putIfAbsent(index, ran);
    }

    boolean contains(int index) {
        return previous.containsKey(index);
    }

    void remove(int index) {
        previous.remove(index);
    }

    int size() {
        return previous.size();
    }

    boolean isEmpty() {
        return previous.isEmpty();
    }

    Optional<Revision> previousOf(int index) {
        return previous.getOrDefault(index, Optional.empty());
    }

    /** Up to {@code count} indexes, the last of the plan first. */
    List<Integer> last(int count) {
        return previous.keySet().stream().limit(count).toList();
    }

    /** Grouped by what most targets share, so that ten thousand fit into one payload. */
    List<Progress.TouchedTargets> groups() {
        Map<Optional<Revision>, Map<Integer, String>> byRelease = new LinkedHashMap<>();
        previous.forEach((index, ran) -> byRelease
                .computeIfAbsent(
                        ran.map(revision -> new Revision(revision.digest(), revision.version(), null)),
                        _ -> new TreeMap<>())
                .put(index, ran.map(Revision::id).orElse("")));
        return byRelease.entrySet().stream()
                .map(group -> new Progress.TouchedTargets(
                        group.getKey().map(Revision::digest).orElse(null),
                        group.getKey().map(Revision::version).orElse(""),
                        group.getValue()))
                .toList();
    }
}
