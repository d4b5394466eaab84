package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.IacRepository;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Owns one IaC repository: one push at a time, and those that wait meanwhile go together. {@code iac-repository/<name>}. */
@WorkflowInterface
public interface IacRepositoryWorkflow {
    String TYPE = "IacRepository";

    /** Never returns; continues as new. */
    @WorkflowMethod(name = TYPE)
    void serve(State state);

    /**
     * Queues a change, unless the same is queued, or the queue is full: then it has to be asked for again. It is answered
     * to its deployment, also where it was before.
     */
    @SignalMethod(name = "enqueue")
    void enqueue(Change change);

    /** Takes a change out of the queue, and says so to its deployment. A try that has begun comes to its end first. */
    @SignalMethod(name = "withdraw")
    void withdraw(Change change);

    @QueryMethod(name = "state")
    State state();

    /** {@code repository} as it was declared when the deployment was accepted. */
    record Change(IacRepository repository, ChartChange change) {
        String push() {
            return change.push();
        }
    }

    /**
     * What goes from one run to the next; bounded, as {@link PushQueue} is.
     *
     * @param unanswered pushes in the queue of which it is unknown whether they were made, with when the first try began
     *     that may have made them
     * @param settled what was answered of late, by push
     * @param failure of the last push, where it is tried again
     */
    record State(
            List<Change> queue,
            Map<String, Instant> unanswered,
            Map<String, PushResult> settled,
            @Nullable Failure failure) {
        public static final State NONE = new State(List.of(), Map.of(), Map.of(), null);
    }
}
