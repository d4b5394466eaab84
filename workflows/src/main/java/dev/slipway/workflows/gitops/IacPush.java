package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Has a change pushed by a child workflow, and learns what has become of it also when it is canceled meanwhile. */
final class IacPush {
    private static final Duration UNTIL_THE_OTHER_HAS_ENDED = Duration.ofSeconds(10);

    private final IacRepository repository;

    IacPush(IacRepository repository) {
        this.repository = repository;
    }

    /** Fails as canceled where it was canceled before anything was asked for; withdrawn where it was later, and is not made. */
    IacPushWorkflow.Result push(ChartChange change) {
        CancellationScope.throwCanceled();
        CancellationScope asked = CancellationScope.current();
        IacPushWorkflow.Result[] result = new IacPushWorkflow.Result[1];
        Workflow.newDetachedCancellationScope(() -> result[0] = push(change, asked))
                .run();
        return result[0];
    }

    private IacPushWorkflow.Result push(ChartChange change, CancellationScope asked) {
        while (true) {
            try {
                return pushOnce(change, asked);
            } catch (ChildWorkflowFailure e) {
                if (!(e.getCause() instanceof WorkflowExecutionAlreadyStarted)) {
                    // The repository's workflow may still make the change.
                    return IacPushWorkflow.Result.of(
                            new PushOutcome.Refused(
                                    change.deployment(),
                                    new Failure(
                                            FailureType.TERMINATED,
                                            "The push was ended in Temporal from outside. See the branch, then deploy again.")));
                }
                // An earlier run of this deployment, which was reset, has left it behind. It ends by itself, and its
                // commit is found again.
                Workflow.await(UNTIL_THE_OTHER_HAS_ENDED, asked::isCancelRequested);
                if (asked.isCancelRequested()) {
                    withdraw(change);
                    Workflow.sleep(UNTIL_THE_OTHER_HAS_ENDED);
                }
            }
        }
    }

    private IacPushWorkflow.Result pushOnce(ChartChange change, CancellationScope asked) {
        IacPushWorkflow child = Workflow.newChildWorkflowStub(
                IacPushWorkflow.class,
                ChildWorkflowOptions.newBuilder()
                        .setWorkflowId(WorkflowIds.ofPush(change))
                        // One that is under way comes to its end, whatever is done to the deployment.
                        .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_ABANDON)
                        .setStaticSummary("Push to " + repository.name())
                        .build());
        Promise<IacPushWorkflow.Result> result =
                Async.function(child::push, new IacPushWorkflow.Input(repository, change));
        Workflow.getWorkflowExecution(child).get();
        Workflow.await(() -> result.isCompleted() || asked.isCancelRequested());
        if (!result.isCompleted()) {
            withdraw(change);
        }
        return result.get();
    }

    private static void withdraw(ChartChange change) {
        try {
            Workflow.newExternalWorkflowStub(IacPushWorkflow.class, WorkflowIds.ofPush(change))
                    .withdraw();
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            // It has just ended, and its result is on the way.
        }
    }
}
