package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.ControlPlaneOptions;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.Waits;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Queues changes of one deployment at its repository and waits for the answers. A change that is queued is never left
 * alone: where the deployment is canceled, it is withdrawn, and what has become of it is awaited.
 */
final class IacPush {
    /** A repository that is away for longer is a matter for an operator. */
    static final Duration LIMIT = Duration.ofHours(1);

    /** A try that has begun is awaited. */
    static final Duration WITHDRAWAL_LIMIT = IacRepositoryWorkflowImpl.ONE_PUSH.plusMinutes(5);

    // Asking again mends a repository's workflow that was terminated, or had no room in its queue.
    private static final Duration REMINDER = Duration.ofMinutes(5);

    private final IacQueueActivities queue =
            Workflow.newLocalActivityStub(IacQueueActivities.class, ControlPlaneOptions.UNTIL_IT_IS_DONE);
    private final IacRepository repository;
    private final Map<String, PushResult> answers = new LinkedHashMap<>();

    IacPush(IacRepository repository) {
        this.repository = repository;
    }

    /** The first answer counts. */
    void answered(PushResult result) {
        answers.putIfAbsent(result.push(), result);
    }

    /** Fails as canceled where it was canceled before anything was asked for; withdrawn where it was later, and is not made. */
    PushResult push(ChartChange change) {
        CancellationScope.throwCanceled();
        CancellationScope asked = CancellationScope.current();
        PushResult[] result = new PushResult[1];
        Workflow.newDetachedCancellationScope(() -> result[0] = push(change, asked))
                .run();
        return result[0];
    }

    private PushResult push(ChartChange change, CancellationScope asked) {
        long deadline = Workflow.currentTimeMillis() + LIMIT.toMillis();
        enqueue(change);
        while (!Waits.await(REMINDER, () -> answer(change) != null || asked.isCancelRequested())) {
            if (Workflow.currentTimeMillis() >= deadline) {
                return tooLate(change);
            }
            enqueue(change);
        }
        PushResult known = answer(change);
        return known == null ? withdrawal(change) : known;
    }

    private @Nullable PushResult answer(ChartChange change) {
        return answers.get(change.push());
    }

    private PushResult tooLate(ChartChange change) {
        PushResult withdrawn = withdrawal(change);
        return switch (withdrawn.outcome()) {
            case PushOutcome.Committed _, PushOutcome.Unchanged _ -> withdrawn;
            case PushOutcome.Refused refused ->
                refused(
                        change,
                        refused.failure().type(),
                        late(GitOpsMessage.PUSH_FAILED_FOR)
                                .and(refused.failure().detail()));
            case null -> refused(change, FailureType.GIT_UNAVAILABLE, late(GitOpsMessage.PUSH_TIMED_OUT));
        };
    }

    private Message late(GitOpsMessage code) {
        return code.with("repository", repository.name(), "remote", repository.remote(), "minutes", LIMIT.toMinutes());
    }

    private PushResult withdrawal(ChartChange change) {
        try {
            Workflow.newExternalWorkflowStub(
                            IacRepositoryWorkflow.class, WorkflowIds.ofIacRepository(repository.name()))
                    .withdraw(new IacRepositoryWorkflow.Change(repository, change));
            Waits.await(WITHDRAWAL_LIMIT, () -> answer(change) != null);
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            Workflow.getLogger(IacPush.class).info("No push queue; the change was not queued");
        }
        return Objects.requireNonNullElseGet(
                answer(change),
                () -> refused(
                        change,
                        FailureType.TERMINATED,
                        GitOpsMessage.PUSH_QUEUE_ENDED.with(
                                "repository", repository.name(),
                                "trailer", change.trailer(),
                                "deployment", change.deployment())));
    }

    private void enqueue(ChartChange change) {
        try {
            queue.enqueue(new IacRepositoryWorkflow.Change(repository, change));
        } catch (ActivityFailure e) {
            Workflow.getLogger(IacPush.class).warn("{} is not queued; the next reminder retries it", change.push(), e);
        }
    }

    private static PushResult refused(ChartChange change, FailureType type, Message why) {
        return new PushResult(
                change.push(), new PushOutcome.Refused(change.deployment(), new Failure(type, why)), null);
    }
}
