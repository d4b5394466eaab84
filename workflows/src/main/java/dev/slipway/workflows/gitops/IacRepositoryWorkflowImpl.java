package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.ContinueAsNew;
import dev.slipway.workflows.deployment.StepFailures;
import dev.slipway.workflows.deployment.Waits;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pushes one batch after the other. A try that fails for a while is made again by this workflow and not by Temporal: so
 * a change that is withdrawn in between is never part of a later try.
 */
public final class IacRepositoryWorkflowImpl implements IacRepositoryWorkflow {
    // The push itself limits its connections; this is for a worker that hangs.
    static final Duration ONE_PUSH = Duration.ofMinutes(10);
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final IacRepositoryActivities git = Workflow.newActivityStub(
            IacRepositoryActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(ONE_PUSH)
                    .setHeartbeatTimeout(SILENCE)
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(1).build())
                    .build());

    private final PushQueue queue;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Failure failure;

    @WorkflowInit
    public IacRepositoryWorkflowImpl(State state) {
        queue = new PushQueue(state.queue(), state.unanswered(), state.settled());
        failure = state.failure();
    }

    @Override
    public void serve(State same) {
        while (true) {
            ContinueAsNew.ifSuggested(() -> {}, () -> false, this::state);
            // For good: a repository to which nothing is pushed costs nothing.
            Workflow.await(() -> !queue.isEmpty());
            push(queue.takeBatch());
        }
    }

    @Override
    public void enqueue(Change change) {
        queue.add(change).ifPresent(before -> answer(change, before));
    }

    @Override
    public void withdraw(Change change) {
        switch (queue.withdraw(change)) {
            case NOT_MADE -> answer(change, PushResult.withdrawn(change.push()));
            case UNKNOWN -> answer(change, PushRefusals.unknown(change, failure));
            case SETTLED -> enqueue(change);
            case BEING_MADE -> {}
        }
    }

    @Override
    public State state() {
        return new State(queue.changes(), queue.unanswered(), queue.settled(), failure);
    }

    private void push(List<Change> batch) {
        Instant begun = now();
        try {
            List<PushOutcome> outcomes = git.push(call(batch)).outcomes();
            settle(batch, outcomes.size() == batch.size() ? outcomes : PushRefusals.unanswered(batch), begun);
        } catch (ActivityFailure e) {
            Failure seen = failure(e, batch);
            if (StepFailures.isForGood(e)) {
                settle(batch, refusals(batch, seen), begun);
            } else {
                tryLater(seen, begun, e.getCause() instanceof TimeoutFailure);
            }
        }
    }

    private static IacRepositoryActivities.Push call(List<Change> batch) {
        return new IacRepositoryActivities.Push(
                batch.getFirst().repository(),
                batch.stream().map(Change::change).toList());
    }

    private static Failure failure(ActivityFailure thrown, List<Change> batch) {
        if (thrown.getCause() instanceof CanceledFailure canceled) {
            // Another queue is wanted: the deployments ask for one when they are not answered.
            throw canceled;
        }
        String repository = batch.getFirst().repository().name();
        return StepFailures.of(
                thrown,
                _ -> new Failure(
                        FailureType.STEP_TIMED_OUT, GitOpsMessage.PUSH_STEP_TIMED_OUT.with("repository", repository)));
    }

    /** What a push that was refused as a whole means for each change: one whose earlier try failed may stand. */
    private List<PushOutcome> refusals(List<Change> batch, Failure seen) {
        List<Change> maybeMade = batch.stream().filter(queue::isUnanswered).toList();
        List<PushOutcome> found = maybeMade.isEmpty() ? List.of() : find(maybeMade);
        List<PushOutcome> outcomes = new ArrayList<>();
        for (Change change : batch) {
            int place = maybeMade.indexOf(change);
            outcomes.add(
                    place < 0
                            ? new PushOutcome.Refused(change.change().deployment(), seen)
                            : found.isEmpty()
                                    ? PushRefusals.unknown(change, seen).outcome()
                                    : orRefused(found.get(place), seen));
        }
        return outcomes;
    }

    private static PushOutcome orRefused(PushOutcome found, Failure seen) {
        return found instanceof PushOutcome.Refused refused
                ? new PushOutcome.Refused(refused.deployment(), seen)
                : found;
    }

    /** Asks the remote which changes are on the branch; empty where it does not answer. */
    private List<PushOutcome> find(List<Change> changes) {
        try {
            List<PushOutcome> found = git.find(call(changes)).outcomes();
            return found.size() == changes.size() ? found : List.of();
        } catch (ActivityFailure e) {
            failure(e, changes);
            return List.of();
        }
    }

    // What a lost worker may have made is looked for at once; a remote that is away keeps up no other.
    private void tryLater(Failure seen, Instant begun, boolean workerLost) {
        failure = seen;
        tellAll(queue.giveBack(begun, !workerLost).stream()
                .map(change -> new Answer(change, PushRefusals.unknown(change, seen)))
                .toList());
        Workflow.setCurrentDetails("The last push failed; retrying: " + seen.message());
        Waits.await(pause, queue::isEmpty);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void settle(List<Change> batch, List<PushOutcome> outcomes, Instant begun) {
        pause = FIRST_PAUSE;
        failure = null;
        List<Answer> answers = new ArrayList<>();
        List<PushResult> results = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Change change = batch.get(i);
            results.add(new PushResult(change.push(), outcomes.get(i), queue.firstTry(change, begun)));
            answers.add(new Answer(change, results.getLast()));
            if (!(outcomes.get(i) instanceof PushOutcome.Refused)) {
                queue.overtakenBy(change)
                        .forEach(late -> answers.add(new Answer(late, PushRefusals.overtaken(late, change))));
            }
        }
        queue.settle(results);
        Workflow.setCurrentDetails("Changes in the last push: " + batch.size());
        tellAll(answers);
    }

    private static void answer(Change change, PushResult result) {
        tell(new Answer(change, result));
    }

    private record Answer(Change change, PushResult result) {}

    // At once: one after the other, the last of a batch would wait for as many workflow tasks as there are before it.
    private static void tellAll(List<Answer> answers) {
        List<Promise<Void>> told = answers.stream()
                .map(answer -> Async.procedure(() -> tell(answer)))
                .toList();
        Promise.allOf(told).get();
    }

    /** A deployment that has ended meanwhile need not be told. */
    private static void tell(Answer answer) {
        String workflow = WorkflowIds.ofDeployment(answer.change().change().deployment());
        try {
            Workflow.newUntypedExternalWorkflowStub(workflow).signal("pushed", answer.result());
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            Workflow.getLogger(IacRepositoryWorkflowImpl.class)
                    .info("{} has ended; its result was not delivered", workflow);
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
