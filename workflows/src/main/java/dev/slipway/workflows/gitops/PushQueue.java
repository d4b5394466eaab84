package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.GitRemote;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The changes that wait, the batch that is being made, and what was answered of late. */
final class PushQueue {
    /** More would make one push long, and its answer late for the first. */
    static final int MOST_AT_ONCE = 50;

    /** Of values, which may be long once names are put in; Temporal takes two megabytes in one message. */
    private static final int MOST_BYTES_AT_ONCE = 256 << 10;

    // Half of what Temporal takes as the input of the next run, for JSON may need two bytes where a text has one.
    private static final int MOST_BYTES_QUEUED = 800 << 10;

    // Messages that come late are minutes late; far more pushes than that fit into the payload of a run.
    private static final int MOST_SETTLED = 200;

    private final List<Change> waiting;
    private final Map<String, Instant> unanswered;
    private final Map<String, PushResult> settled;
    private List<Change> batch = List.of();
    private final Set<String> unwanted = new LinkedHashSet<>();

    PushQueue(List<Change> waiting, Map<String, Instant> unanswered, Map<String, PushResult> settled) {
        this.waiting = new ArrayList<>(waiting);
        this.unanswered = new LinkedHashMap<>(unanswered);
        this.settled = new LinkedHashMap<>(settled);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Those that are being made come first: whoever goes on from here makes them. */
    List<Change> changes() {
        List<Change> changes = new ArrayList<>(batch);
        changes.addAll(waiting);
        return changes;
    }

    /** When the first try began that may have made the change and did not say so, by push. */
    Map<String, Instant> unanswered() {
        return new LinkedHashMap<>(unanswered);
    }

    /** Whether a try of the change failed in a way that it may have been made. */
    boolean isUnanswered(Change change) {
        return unanswered.containsKey(change.push());
    }

    /** When the first try began that may have made the change: {@code begun}, unless there was an earlier one. */
    Instant firstTry(Change change, Instant begun) {
        return unanswered.getOrDefault(change.push(), begun);
    }

    Map<String, PushResult> settled() {
        return new LinkedHashMap<>(settled);
    }

    /**
     * What was answered before, where it was. Something withdrawn is not made any more, however late it is asked for; what
     * the queue has no room for is passed over.
     */
    Optional<PushResult> add(Change change) {
        PushResult before = settled.get(change.push());
        if (before == null && !holds(batch, change) && !holds(waiting, change) && hasRoomFor(change)) {
            waiting.add(change);
        }
        return Optional.ofNullable(before);
    }

    // One that is too large for company waits until there is none.
    private boolean hasRoomFor(Change change) {
        int queued = changes().stream().mapToInt(ChangeSize::of).sum();
        return queued == 0 || queued + ChangeSize.of(change) <= MOST_BYTES_QUEUED;
    }

    private static boolean holds(List<Change> changes, Change change) {
        return changes.stream().anyMatch(other -> other.push().equals(change.push()));
    }

    /** What has become of a change that is no longer wanted. */
    enum Withdrawal {
        NOT_MADE,
        /** A try of it failed and may have been made, or nothing is known of it at all. */
        UNKNOWN,
        /** What becomes of it is told when the try has ended. */
        BEING_MADE,
        SETTLED
    }

    Withdrawal withdraw(Change change) {
        String push = change.push();
        if (settled.containsKey(push)) {
            return Withdrawal.SETTLED;
        }
        if (holds(batch, change)) {
            unwanted.add(push);
            return Withdrawal.BEING_MADE;
        }
        boolean waited = waiting.removeIf(other -> other.push().equals(push));
        boolean maybeMade = unanswered.remove(push) != null || !waited;
        settle(push, PushResult.withdrawn(push));
        return maybeMade ? Withdrawal.UNKNOWN : Withdrawal.NOT_MADE;
    }

    /** The first of the queue, which is not empty, and those behind it that go to the same remote in the same way. */
    List<Change> takeBatch() {
        List<Change> taken = new ArrayList<>();
        int bytes = 0;
        do {
            bytes += ChangeSize.ofContent(waiting.getFirst());
            taken.add(waiting.removeFirst());
        } while (!waiting.isEmpty()
                && taken.size() < MOST_AT_ONCE
                && bytes + ChangeSize.ofContent(waiting.getFirst()) <= MOST_BYTES_AT_ONCE
                && waiting.getFirst().repository().equals(taken.getFirst().repository()));
        batch = List.copyOf(taken);
        return batch;
    }

    /**
     * The batch goes back to where it was; answers with what is no longer wanted of it. Each may have been made: also a
     * connection that breaks may break between the push and its answer.
     *
     * @param begun when the try began
     * @param givesWay whether what goes to other remotes comes first, and need not wait for one that is away
     */
    List<Change> giveBack(Instant begun, boolean givesWay) {
        List<Change> dropped = new ArrayList<>();
        List<Change> kept = new ArrayList<>();
        for (Change change : batch) {
            if (unwanted.contains(change.push())) {
                dropped.add(change);
                unanswered.remove(change.push());
                settle(change.push(), PushResult.withdrawn(change.push()));
            } else {
                kept.add(change);
                unanswered.putIfAbsent(change.push(), begun);
            }
        }
        int place = givesWay ? elsewhere() : 0;
        waiting.addAll(place, kept);
        endBatch();
        return dropped;
    }

    /**
     * Takes out what would undo {@code made}: earlier charts of the same folder that wait for another remote, which has to
     * be taken for an earlier address of the same repository.
     */
    List<Change> overtakenBy(Change made) {
        List<Change> overtaken =
                waiting.stream().filter(other -> isOvertaken(other, made)).toList();
        waiting.removeAll(overtaken);
        overtaken.forEach(change -> {
            unanswered.remove(change.push());
            settle(change.push(), PushResult.withdrawn(change.push()));
        });
        return overtaken;
    }

    // The ids of deployments are in the order of their making.
    private static boolean isOvertaken(Change other, Change made) {
        return other.change() instanceof ChartChange.Replace earlier
                && made.change() instanceof ChartChange.Replace later
                && earlier.path().equals(later.path())
                && other.repository().branch().equals(made.repository().branch())
                && !other.repository().remote().equals(made.repository().remote())
                && earlier.deployment().value().compareTo(later.deployment().value()) < 0;
    }

    // Puts those first that go to another remote than the batch, in their order; how many they are.
    private int elsewhere() {
        GitRemote away = batch.getFirst().repository().remote();
        waiting.sort(Comparator.comparing(change -> change.repository().remote().equals(away)));
        return (int) waiting.stream()
                .takeWhile(change -> !change.repository().remote().equals(away))
                .count();
    }

    /** The batch is answered. What was refused may be asked for again. */
    void settle(List<PushResult> results) {
        for (PushResult result : results) {
            if (!(result.outcome() instanceof PushOutcome.Refused)) {
                settle(result.push(), result);
            }
            unanswered.remove(result.push());
        }
        endBatch();
    }

    private void settle(String push, PushResult result) {
        settled.put(push, result);
        Iterator<String> oldest = settled.keySet().iterator();
        while (settled.size() > MOST_SETTLED) {
            oldest.next();
            oldest.remove();
        }
    }

    private void endBatch() {
        batch = List.of();
        unwanted.clear();
    }
}
