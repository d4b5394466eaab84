package dev.slipway.cli.timeline;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is known of a deployment that is followed: its events, folded. */
final class Story {
    private final Map<String, TaskStory> tasks = new LinkedHashMap<>();
    private final Set<String> passed = new LinkedHashSet<>();
    private Deployment deployment;
    private String status;
    private boolean waiting;
    private String reason;
    private long lastSequence;
    private boolean namesUnknownTarget;

    Story(Deployment deployment) {
        this.deployment = deployment;
        this.status = deployment.status();
        this.waiting = deployment.waiting();
        this.reason = deployment.reason();
        describe(deployment);
    }

    /** Takes in what events do not tell: nodes, digests, targets that have not begun. */
    void describe(Deployment current) {
        deployment = current;
        current.tasks()
                .forEach(task ->
                        tasks.computeIfAbsent(task.target(), TaskStory::new).describe(task));
        namesUnknownTarget = false;
    }

    /** Folds the event in; false if it is one that was there already. */
    boolean add(Event event) {
        if (event.sequence() > 0 && event.sequence() <= lastSequence) {
            return false;
        }
        lastSequence = Math.max(lastSequence, event.sequence());
        if (event.target() != null) {
            namesUnknownTarget |= !tasks.containsKey(event.target());
            tasks.computeIfAbsent(event.target(), TaskStory::new).add(event);
        } else {
            passed.add(status);
            status = event.status();
            waiting = event.waiting();
            reason = event.said();
        }
        return true;
    }

    /** The truth that the API tells at the end. */
    void conclude(Deployment last) {
        describe(last);
        status = last.status();
        waiting = last.waiting();
        last.tasks()
                .forEach(task ->
                        tasks.computeIfAbsent(task.target(), TaskStory::new).conclude(task));
        if (!last.reason().isEmpty()) {
            reason = last.reason();
        }
    }

    boolean needsDescription() {
        return namesUnknownTarget;
    }

    Deployment deployment() {
        return deployment;
    }

    String status() {
        return status;
    }

    /** Whether the deployment itself has had this status before the one that it has. */
    boolean hasPassed(String before) {
        return passed.contains(before) && !status.equals(before);
    }

    boolean waiting() {
        return waiting;
    }

    String reason() {
        return reason;
    }

    Collection<TaskStory> tasks() {
        return tasks.values();
    }

    @Nullable
    Instant since() {
        return deployment.startedAt() == null ? deployment.createdAt() : deployment.startedAt();
    }

    /** How many tasks have which status, by the word. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        tasks.values().forEach(task -> counts.merge(task.status(), 1, Integer::sum));
        return counts;
    }

    /** Whether every target turned out to run the release before. */
    boolean changedNothing() {
        return !tasks.isEmpty()
                && tasks.values().stream().allMatch(task -> task.status().equals("succeeded") && !task.everRan());
    }
}
