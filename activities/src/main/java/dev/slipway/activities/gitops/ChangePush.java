package dev.slipway.activities.gitops;

import dev.slipway.activities.git.CommitSigner;
import dev.slipway.activities.git.Draft;
import dev.slipway.activities.git.GitBranch;
import dev.slipway.activities.git.Heartbeat;
import dev.slipway.activities.git.PushAnswer;
import dev.slipway.activities.git.Visit;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.retry.Backoff;
import dev.slipway.workflows.gitops.ChartChange;
import dev.slipway.workflows.gitops.PushOutcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jgit.lib.ObjectId;

/** Takes changes to a branch until each has an answer. */
final class ChangePush {
    private static final int MOST_TRIES = 20;
    private static final Backoff BACKOFF = Backoff.ofMillis(100, 2_000);

    private final IacRepository repository;
    private final GitBranch branch;
    private final ChartFolders folders;
    private final CommitSigner signer;
    private final Heartbeat heartbeat;

    ChangePush(
            IacRepository repository,
            GitBranch branch,
            ChartFolders folders,
            CommitSigner signer,
            Heartbeat heartbeat) {
        this.repository = repository;
        this.branch = branch;
        this.folders = folders;
        this.signer = signer;
        this.heartbeat = heartbeat;
    }

    /** An answer for each change, in their order: all of them with one push, unless a hook declines that. */
    List<PushOutcome> push(List<ChartChange> changes) throws IOException, InterruptedException {
        for (int attempt = 1; true; attempt++) {
            Plan plan;
            PushAnswer answer;
            try (Visit visit = branch.visit()) {
                plan = plan(visit, changes);
                if (plan.isDone()) {
                    return plan.outcomes();
                }
                answer = visit.push(plan.tip());
            }
            switch (answer) {
                case PushAnswer.Taken() -> {
                    return plan.outcomes();
                }
                case PushAnswer.MovedOn(String reason) -> pause(attempt, reason);
                case PushAnswer.Declined(String text, boolean anything) -> {
                    Failure failure = new Failure(
                            FailureType.PUSH_REJECTED,
                            "The repository " + repository.remote() + " rejected the push to " + repository.branch()
                                    + ": " + text);
                    if (anything) {
                        throw new SlipwayException(failure.type(), failure.message());
                    }
                    return changes.size() == 1
                            ? List.of(new PushOutcome.Refused(changes.getFirst().deployment(), failure))
                            : oneByOne(changes);
                }
            }
        }
    }

    /** Each change that is on the branch with its commit, the others as refused; nothing is made. */
    List<PushOutcome> find(List<ChartChange> changes) throws IOException {
        try (Visit visit = branch.visit()) {
            Plan plan = new Plan(visit);
            for (ChartChange change : changes) {
                if (!plan.settles(change)) {
                    plan.refused(
                            change,
                            new Failure(
                                    FailureType.PUSH_REJECTED,
                                    "The branch " + repository.branch() + " of " + repository.remote()
                                            + " has no commit of this change"));
                }
            }
            return plan.outcomes();
        }
    }

    /** So that only those are refused that the hook means. */
    private List<PushOutcome> oneByOne(List<ChartChange> changes) throws IOException, InterruptedException {
        List<PushOutcome> outcomes = new ArrayList<>();
        for (ChartChange change : changes) {
            outcomes.addAll(push(List.of(change)));
        }
        return outcomes;
    }

    private void pause(int attempt, String reason) throws InterruptedException {
        if (attempt == MOST_TRIES) {
            throw new SlipwayException(
                    FailureType.GIT_UNAVAILABLE,
                    "The branch " + repository.branch() + " of " + repository.remote() + " changed " + MOST_TRIES
                            + " times during the push (" + reason + ").");
        }
        heartbeat.beat("waiting to retry the push, because the branch has changed");
        Thread.sleep(ThreadLocalRandom.current().nextLong(BACKOFF.after(attempt).toMillis()));
    }

    private Plan plan(Visit visit, List<ChartChange> changes) throws IOException {
        Plan plan = new Plan(visit);
        try (Draft draft = branch.draft(signer)) {
            for (ChartChange change : changes) {
                if (!plan.settles(change)) {
                    heartbeat.beat("creating the commit of deployment " + change.deployment());
                    make(plan, draft, change);
                }
            }
        }
        return plan;
    }

    private void make(Plan plan, Draft draft, ChartChange change) throws IOException {
        try {
            switch (folders.wanted(draft, change, plan.tipOrNull())) {
                case ChartFolders.Wanted.AsItIs() -> plan.unchanged(change);
                case ChartFolders.Wanted.Other(var folder) -> {
                    ObjectId commit = draft.commit(
                            plan.tipOrNull(),
                            ChartFolders.path(change),
                            folder,
                            repository.author(),
                            CommitMessage.of(change));
                    plan.committed(change, commit);
                }
            }
        } catch (SlipwayException e) {
            if (e.type().retryable()) {
                throw e;
            }
            plan.refused(change, e.failure());
        }
    }
}
