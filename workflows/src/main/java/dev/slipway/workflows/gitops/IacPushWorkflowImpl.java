package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.workflows.ControlPlaneOptions;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Queues the change at its repository and waits for the answer. */
public final class IacPushWorkflowImpl implements IacPushWorkflow {
    /** A repository that is away for longer is a matter for a person. */
    static final Duration LIMIT = Duration.ofHours(1);

    /** A try that has begun is awaited. */
    static final Duration WITHDRAWAL_LIMIT = IacRepositoryWorkflowImpl.ONE_PUSH.plusMinutes(5);

    // Asking again mends a repository's workflow that was terminated.
    private static final Duration REMINDER = Duration.ofMinutes(5);

    private final Input input;
    private @Nullable Result result;
    private boolean unwanted;

    @WorkflowInit
    public IacPushWorkflowImpl(Input input) {
        this.input = input;
    }

    /** To cancel it in Temporal is to withdraw the change: nobody may stop to look what becomes of one that is queued. */
    @Override
    public Result push(Input same) {
        CancellationScope asked = CancellationScope.current();
        Result[] made = new Result[1];
        Workflow.newDetachedCancellationScope(() -> made[0] = push(asked)).run();
        return made[0];
    }

    private Result push(CancellationScope asked) {
        long deadline = Workflow.currentTimeMillis() + LIMIT.toMillis();
        enqueue();
        while (!Workflow.await(REMINDER, () -> result != null || unwanted || asked.isCancelRequested())) {
            if (Workflow.currentTimeMillis() >= deadline) {
                return tooLate();
            }
            enqueue();
        }
        return result == null ? withdrawal() : result;
    }

    private Result tooLate() {
        Result withdrawn = withdrawal();
        return switch (withdrawn.outcome()) {
            case PushOutcome.Committed _, PushOutcome.Unchanged _ -> withdrawn;
            case PushOutcome.Refused refused ->
                refused(
                        refused.failure().type(),
                        nothingFor() + " " + refused.failure().message());
            case null -> refused(FailureType.GIT_UNAVAILABLE, nothingFor() + " Deploy again when it is back.");
        };
    }

    private String nothingFor() {
        return "Nothing could be pushed to %s (%s) for %d minutes."
                .formatted(input.repository().name(), input.repository().remote(), LIMIT.toMinutes());
    }

    private Result withdrawal() {
        try {
            Workflow.newExternalWorkflowStub(
                            IacRepositoryWorkflow.class,
                            WorkflowIds.ofIacRepository(input.repository().name()))
                    .withdraw(change());
            Workflow.await(WITHDRAWAL_LIMIT, () -> result != null);
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            Workflow.getLogger(IacPushWorkflowImpl.class).info("There is no queue to take the change out of");
        }
        Result known = result;
        return known != null
                ? known
                : refused(
                        FailureType.TERMINATED,
                        "The queue of %s was ended in Temporal from outside, so nobody knows whether it was pushed. See the branch for a commit that says Slipway-%s: %s."
                                .formatted(
                                        input.repository().name(),
                                        input.change() instanceof ChartChange.Revert ? "Reverts" : "Deployment",
                                        input.change().deployment()));
    }

    private void enqueue() {
        try {
            Workflow.newLocalActivityStub(IacQueueActivities.class, ControlPlaneOptions.UNTIL_IT_IS_DONE)
                    .enqueue(change());
        } catch (ActivityFailure e) {
            Workflow.getLogger(IacPushWorkflowImpl.class)
                    .warn("{} is not queued; the reminder tries it again", input.change(), e);
        }
    }

    private IacRepositoryWorkflow.Change change() {
        return new IacRepositoryWorkflow.Change(input.repository(), input.change());
    }

    private Result refused(FailureType type, String message) {
        return Result.of(new PushOutcome.Refused(input.change().deployment(), new Failure(type, message)));
    }

    @Override
    public void answer(Result given) {
        if (result == null) {
            result = given;
        }
    }

    @Override
    public void withdraw() {
        unwanted = true;
    }
}
