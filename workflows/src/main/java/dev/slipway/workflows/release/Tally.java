package dev.slipway.workflows.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.ReleaseMessage;
import dev.slipway.workflows.release.TaskRun.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What has come of the targets so far: how many were changed, which have failed, and which an operator skipped. */
final class Tally {
    private final Map<String, Outcome.Failed> failed = new LinkedHashMap<>();
    private final List<Integer> skipped;
    private int changed;

    Tally(int changed, List<Integer> skipped) {
        this.changed = changed;
        this.skipped = new ArrayList<>(skipped);
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded succeeded -> changed += succeeded.changed() ? 1 : 0;
            case Outcome.Failed failure -> failed.put(failure.task().target().name(), failure);
            case Outcome.Canceled _ -> {}
        }
    }

    /** How many targets run something else than before. */
    int changed() {
        return changed;
    }

    /** Targets, by index, that an operator skipped. */
    List<Integer> skipped() {
        return List.copyOf(skipped);
    }

    List<String> failed() {
        return List.copyOf(failed.keySet());
    }

    /** The first failure without a decision. */
    Optional<Failure> failure() {
        return failed.values().stream().findFirst().map(Outcome.Failed::failure);
    }

    /** Takes a failed target out, because an operator has decided; empty if another order has done so. */
    Optional<Outcome.Failed> take(String target) {
        return Optional.ofNullable(failed.remove(target));
    }

    void skip(int index) {
        skipped.add(index);
    }

    Message summary(String release, int targets) {
        Integer left = skipped.isEmpty() ? null : skipped.size();
        if (changed > 0) {
            return ReleaseMessage.COMPLETED.with(
                    "release", release, "targets", targets - skipped.size(), "skipped", left);
        }
        return left == null
                ? ReleaseMessage.NOTHING_TO_DO.with("release", release)
                : ReleaseMessage.NOTHING_CHANGED.with("skipped", left);
    }
}
