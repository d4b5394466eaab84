package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.IacRepository;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change, on the branch exactly once. A child of its deployment: {@code deployment/<id>/push}, or
 * {@code deployment/<id>/revert}.
 */
@WorkflowInterface
public interface IacPushWorkflow {
    String TYPE = "IacPush";

    @WorkflowMethod(name = TYPE)
    Result push(Input input);

    /** What has become of the change, from the repository's workflow. The first answer counts. */
    @SignalMethod(name = "answer")
    void answer(Result result);

    /** The change is no longer wanted. Whether it was made by then, the result tells. */
    @SignalMethod(name = "withdraw")
    void withdraw();

    record Input(IacRepository repository, ChartChange change) {}

    /**
     * How a push came out.
     *
     * @param outcome null where the change was withdrawn, and not made
     * @param since the commit is not older than this
     */
    record Result(@Nullable PushOutcome outcome, @Nullable Instant since) {
        static final Result WITHDRAWN = new Result(null, null);

        static Result of(PushOutcome outcome) {
            return new Result(outcome, null);
        }
    }
}
