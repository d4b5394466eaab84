package dev.slipway.activities.gitops;

import dev.slipway.activities.git.Visit;
import dev.slipway.core.failure.Failure;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.PushOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/** What will have become of some changes once a push is taken. */
final class Plan {
    private final Visit visit;
    private final List<PushOutcome> outcomes = new ArrayList<>();
    private final Map<String, ObjectId> made = new HashMap<>();
    private @Nullable ObjectId tip;

    Plan(Visit visit) {
        this.visit = visit;
        this.tip = visit.head();
    }

    /** Whether {@code change} has its commit: on the branch since an earlier try, or in this plan because it is asked for twice. */
    boolean settles(ChartChange change) throws IOException {
        String trailer = CommitMessage.trailer(change);
        String deployment = change.deployment().value();
        Optional<ObjectId> commit = Optional.ofNullable(made.get(trailer + deployment));
        if (commit.isEmpty()) {
            commit = visit.find(trailer, deployment);
        }
        commit.ifPresent(found -> outcomes.add(new PushOutcome.Committed(change.deployment(), found.name())));
        return commit.isPresent();
    }

    void committed(ChartChange change, ObjectId commit) {
        made.put(CommitMessage.trailer(change) + change.deployment().value(), commit);
        tip = commit;
        outcomes.add(new PushOutcome.Committed(change.deployment(), commit.name()));
    }

    void unchanged(ChartChange change) {
        outcomes.add(new PushOutcome.Unchanged(change.deployment(), tip().name()));
    }

    void refused(ChartChange change, Failure failure) {
        outcomes.add(new PushOutcome.Refused(change.deployment(), failure));
    }

    /** Whether there is nothing to push. */
    boolean isDone() {
        return made.isEmpty();
    }

    /** What is pushed. */
    ObjectId tip() {
        return Objects.requireNonNull(tip, "A repository without commits");
    }

    @Nullable
    ObjectId tipOrNull() {
        return tip;
    }

    List<PushOutcome> outcomes() {
        return List.copyOf(outcomes);
    }
}
