package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.gitops.IacPushWorkflow.Result;
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

    // Without it, a push that forgot a change would block the queue for good.
    private static final Failure NO_ANSWER =
            new Failure(FailureType.INTERNAL, "The push did not answer every change. See the branch.");

    private final IacRepositoryActivities git = Workflow.newActivityStub(
            IacRepositoryActivities.class,
            ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(ONE_PUSH)
                    .setHeartbeatTimeout(SILENCE)
                    .setRetryOptions(
                            RetryOptions.newBuilder().setMaximumAttempts(1).build())
                    .build());

    private final PushQueue queue;
    private final ChartHolders holders;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Failure failure;
    private @Nullable Instant unanswered;

    @WorkflowInit
    public IacRepositoryWorkflowImpl(State state) {
        queue = new PushQueue(state.queue(), state.tried(), state.settled());
        holders = new ChartHolders(state.holders());
    }

    @Override
    public void serve(State same) {
        while (!Workflow.getInfo().isContinueAsNewSuggested()) {
            Workflow.await(() -> !queue.isEmpty());
            push(queue.takeBatch());
        }
        // Or what they say would be lost.
        Workflow.await(Workflow::isEveryHandlerFinished);
        Workflow.continueAsNew(state());
    }

    @Override
    public void enqueue(Change change) {
        queue.add(change).ifPresent(before -> tell(change.push(), "answer", before));
    }

    @Override
    public void withdraw(Change change) {
        switch (queue.withdraw(change)) {
            case NOT_MADE -> tell(change.push(), "answer", Result.WITHDRAWN);
            case UNKNOWN -> tell(change.push(), "answer", unknown(change));
            case SETTLED -> enqueue(change);
            case BEING_MADE -> {}
        }
    }

    @Override
    public State state() {
        return new State(queue.changes(), queue.tried(), queue.settled(), holders.byFolder());
    }

    private void push(List<Change> batch) {
        Instant begun = now();
        List<ChartChange> changes = batch.stream().map(Change::change).toList();
        try {
            List<PushOutcome> outcomes = git.push(
                            new IacRepositoryActivities.Push(batch.getFirst().repository(), changes))
                    .outcomes();
            answer(
                    batch,
                    outcomes.size() == batch.size() ? outcomes : refusals(changes, NO_ANSWER),
                    unanswered == null ? begun : unanswered);
        } catch (ActivityFailure e) {
            if (e.getCause() instanceof CanceledFailure canceled) {
                // Somebody wants another queue: the pushes ask for one when they are not answered.
                throw canceled;
            }
            Failure seen = GitOpsFailures.of(
                    e, "The push to " + batch.getFirst().repository().name());
            if (GitOpsFailures.isForGood(e)) {
                answer(batch, refusals(changes, seen), begun);
            } else {
                tryLater(seen, e.getCause() instanceof TimeoutFailure ? begun : null);
            }
        }
    }

    private static List<PushOutcome> refusals(List<ChartChange> changes, Failure failure) {
        return changes.stream()
                .<PushOutcome>map(change -> new PushOutcome.Refused(change.deployment(), failure))
                .toList();
    }

    /** {@code silentSince}: when a try began that may have been made, as nothing came back from it. */
    private void tryLater(Failure seen, @Nullable Instant silentSince) {
        failure = seen;
        unanswered = silentSince == null || unanswered == null ? silentSince : unanswered;
        // A try without an answer is made again before anything else: it may have been made.
        tellAll(queue.giveBack(unanswered == null).stream()
                .map(change -> new Message(change.push(), "answer", unknown(change)))
                .toList());
        Workflow.setCurrentDetails("The last push failed; it is tried again. " + seen.message());
        Workflow.await(pause, queue::isEmpty);
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    private void answer(List<Change> batch, List<PushOutcome> outcomes, Instant since) {
        pause = FIRST_PAUSE;
        unanswered = null;
        List<Message> messages = new ArrayList<>();
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Change change = batch.get(i);
            PushOutcome outcome = outcomes.get(i);
            results.add(new Result(outcome, since));
            messages.add(new Message(change.push(), "answer", results.getLast()));
            if (!(outcome instanceof PushOutcome.Refused)) {
                queue.overtakenBy(change)
                        .forEach(late -> messages.add(new Message(late.push(), "answer", overtaken(late, change))));
            }
            for (DeploymentId before : holders.after(change, outcome)) {
                messages.add(new Message(
                        WorkflowIds.ofDeployment(before),
                        "supersede",
                        change.change().deployment().value()));
            }
        }
        queue.settle(results);
        Workflow.setCurrentDetails("The last push had " + batch.size() + " change(s).");
        tellAll(messages);
    }

    private static Result overtaken(Change late, Change by) {
        return Result.of(new PushOutcome.Refused(
                late.change().deployment(),
                new Failure(
                        FailureType.GIT_UNAVAILABLE,
                        "%s did not answer, and deployment %s has been pushed to %s meanwhile. Deploy again if this one shall run."
                                .formatted(
                                        late.repository().remote(),
                                        by.change().deployment(),
                                        by.repository().remote()))));
    }

    private Result unknown(Change change) {
        String about = "Nobody knows whether it was pushed to %s. Should it have been, its commit says Slipway-%s: %s."
                .formatted(
                        change.repository().name(),
                        change.change() instanceof ChartChange.Revert ? "Reverts" : "Deployment",
                        change.change().deployment());
        Failure seen = failure;
        return Result.of(new PushOutcome.Refused(
                change.change().deployment(),
                seen == null
                        ? new Failure(FailureType.GIT_UNAVAILABLE, about)
                        : new Failure(seen.type(), seen.message() + " " + about)));
    }

    private record Message(String workflow, String signal, Object argument) {}

    // At once: one after the other, the last of a batch would wait for as many workflow tasks as there are before it.
    private static void tellAll(List<Message> messages) {
        List<Promise<Void>> told = messages.stream()
                .map(message -> Async.procedure(() -> tell(message.workflow(), message.signal(), message.argument())))
                .toList();
        Promise.allOf(told).get();
    }

    /** Whoever has ended meanwhile need not be told. */
    private static void tell(String workflow, String signal, Object argument) {
        try {
            Workflow.newUntypedExternalWorkflowStub(workflow).signal(signal, argument);
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            Workflow.getLogger(IacRepositoryWorkflowImpl.class).info("{} could not be told: {}", workflow, signal);
        }
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }
}
