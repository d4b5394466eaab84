package dev.slipway.workflows.gitops;

import static org.awaitility.Awaitility.await;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitRemote;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A branch, in memory, that finds commits again by their deployment. */
final class FakeIacRepository implements IacRepositoryActivities {
    /** {@code content}: of the folder, behind it. */
    record Commit(String id, ChartChange change, String content) {}

    private final List<Commit> commits = new ArrayList<>();
    private final List<Push> pushes = new ArrayList<>();
    private final Map<String, String> folders = new HashMap<>();
    private final Set<DeploymentId> refused = new HashSet<>();
    private final Deque<Runnable> before = new ArrayDeque<>();
    private final Set<GitRemote> away = new HashSet<>();
    private final List<Push> searches = new ArrayList<>();
    private final Deque<Runnable> losses = new ArrayDeque<>();
    private @Nullable FailureType failure;
    private boolean searchable = true;

    /** The pushes that came, also those that failed. */
    synchronized List<Push> pushes() {
        return List.copyOf(pushes);
    }

    synchronized List<String> log() {
        return commits.stream()
                .map(commit -> (commit.change() instanceof ChartChange.Replace ? "" : "revert ")
                        + commit.change().deployment())
                .toList();
    }

    void awaitCommits(int count) {
        await().atMost(Duration.ofSeconds(60)).until(() -> log().size() >= count);
    }

    synchronized void fail(FailureType type) {
        failure = type;
    }

    synchronized void recover() {
        failure = null;
    }

    /** Pushes to this remote fail, and those to others do not. */
    synchronized void isAway(GitRemote remote) {
        away.add(remote);
    }

    synchronized void refuse(DeploymentId deployment) {
        refused.add(deployment);
    }

    /** What was looked for, without making it. */
    synchronized List<Push> searches() {
        return List.copyOf(searches);
    }

    /** From now on, nobody may look what is on the branch. */
    synchronized void hide() {
        searchable = false;
    }

    /** The next push arrives, and its connection breaks before the answer. */
    synchronized void loseNextAnswer() {
        losses.add(() -> {
            throw failure(FailureType.GIT_UNAVAILABLE, "The answer was lost");
        });
    }

    /** The next push arrives, and its worker is lost before the answer. */
    synchronized void loseNextWorker() {
        losses.add(() -> Activity.getExecutionContext().doNotCompleteOnReturn());
    }

    /** Holds the next push before it does anything. */
    synchronized Gate holdNext() {
        Gate gate = new Gate();
        before.add(gate::pass);
        return gate;
    }

    synchronized void somebodyChanges(String path) {
        folders.put(path, "by hand");
    }

    @Override
    public Pushed push(Push input) {
        Runnable first;
        synchronized (this) {
            pushes.add(input);
            first = before.isEmpty() ? () -> {} : before.remove();
        }
        first.run();
        return make(input);
    }

    private synchronized Pushed make(Push input) {
        FailureType type = away.contains(input.repository().remote()) ? FailureType.GIT_UNAVAILABLE : failure;
        if (type != null) {
            throw failure(type, "It says " + type.wireName());
        }
        List<PushOutcome> outcomes = input.changes().stream().map(this::make).toList();
        if (!losses.isEmpty()) {
            losses.remove().run();
        }
        return new Pushed(outcomes);
    }

    @Override
    public synchronized Pushed find(Push input) {
        searches.add(input);
        if (!searchable) {
            throw failure(FailureType.GIT_REFUSED, "It says GitRefused.");
        }
        return new Pushed(input.changes().stream().map(this::found).toList());
    }

    private PushOutcome found(ChartChange change) {
        return commitOf(change)
                .<PushOutcome>map(commit -> new PushOutcome.Committed(change.deployment(), commit.id()))
                .orElseGet(() -> new PushOutcome.Refused(
                        change.deployment(), new Failure(FailureType.PUSH_REJECTED, "It is not there.")));
    }

    private Optional<Commit> commitOf(ChartChange change) {
        return commits.stream().filter(made -> made.change().equals(change)).findFirst();
    }

    private static ApplicationFailure failure(FailureType type, String message) {
        return type.retryable()
                ? ApplicationFailure.newFailure(message, type.wireName())
                : ApplicationFailure.newNonRetryableFailure(message, type.wireName());
    }

    private PushOutcome make(ChartChange change) {
        DeploymentId deployment = change.deployment();
        if (refused.contains(deployment)) {
            return new PushOutcome.Refused(deployment, new Failure(FailureType.INVALID_CHART, "It has no Chart.yaml"));
        }
        Optional<Commit> before = commitOf(change);
        if (before.isPresent()) {
            return new PushOutcome.Committed(deployment, before.get().id());
        }
        return switch (change) {
            case ChartChange.Replace replace -> {
                String content = replace.chart() + replace.version() + replace.values();
                yield content.equals(folders.get(replace.path()))
                        ? new PushOutcome.Unchanged(deployment, head())
                        : commit(change, replace.path(), content);
            }
            case ChartChange.Revert revert ->
                made(revert.commit()).equals(folders.get(revert.path()))
                        ? commit(change, revert.path(), "as before " + revert.commit())
                        : new PushOutcome.Unchanged(deployment, head());
        };
    }

    private String made(String commit) {
        return commits.stream()
                .filter(made -> made.id().equals(commit))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private String head() {
        return commits.isEmpty() ? "c0" : commits.getLast().id();
    }

    private PushOutcome commit(ChartChange change, String path, String content) {
        String id = "c" + (commits.size() + 1);
        commits.add(new Commit(id, change, content));
        folders.put(path, content);
        return new PushOutcome.Committed(change.deployment(), id);
    }
}
