package dev.slipway.workflows.release;

import dev.slipway.core.fleet.Revision;
import java.util.ArrayList;
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
        groups.forEach(group ->
                group.targets().forEach(index -> touched.previous.put(index, Optional.ofNullable(group.previous()))));
        return touched;
    }

    /** The first word counts: a later attempt sees what the first one left half done. */
    void add(int index, Optional<Revision> ran) {
        previous.putIfAbsent(index, ran);
    }

    void remove(int index) {
        previous.remove(index);
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

    /** Grouped by what ran before, which most targets share: ten thousand fit into one payload. */
    List<Progress.TouchedTargets> groups() {
        Map<Optional<Revision>, List<Integer>> byRevision = new LinkedHashMap<>();
        previous.forEach((index, ran) ->
                byRevision.computeIfAbsent(ran, _ -> new ArrayList<>()).add(index));
        return byRevision.entrySet().stream()
                .map(group -> new Progress.TouchedTargets(group.getKey().orElse(null), List.copyOf(group.getValue())))
                .toList();
    }
}
