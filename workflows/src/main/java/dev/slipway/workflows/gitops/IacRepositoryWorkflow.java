package dev.slipway.workflows.gitops;

import dev.slipway.core.gitops.IacRepository;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.Map;

/** Owns one IaC repository: one push at a time, and those that wait meanwhile go together. {@code iac-repository/<name>}. */
@WorkflowInterface
public interface IacRepositoryWorkflow {
    String TYPE = "IacRepository";

    /** Never returns; continues as new. */
    @WorkflowMethod(name = TYPE)
    void serve(State state);

    /** Queues a change, unless the same is queued. It is answered to the workflow of the push, also where it was before. */
    @SignalMethod(name = "enqueue")
    void enqueue(Change change);

    /** Takes a change out of the queue, and says so to the workflow of the push. A try that has begun comes to its end first. */
    @SignalMethod(name = "withdraw")
    void withdraw(Change change);

    @QueryMethod(name = "state")
    State state();

    /** {@code repository} as it was declared when the deployment was accepted. */
    record Change(IacRepository repository, ChartChange change) {
        /** A deployment has at most one change of each type, and so one push. */
        String push() {
            return WorkflowIds.ofPush(change);
        }
    }

    /**
     * What goes from one run to the next.
     *
     * @param tried the pushes in the queue of which nobody knows whether they were made: a try of them had no answer
     * @param settled what was answered of late, by push
     * @param holders by folder, the deployments whose chart it holds
     */
    record State(
            List<Change> queue,
            List<String> tried,
            Map<String, IacPushWorkflow.Result> settled,
            Map<String, List<DeploymentId>> holders) {
        public static final State NONE = new State(List.of(), List.of(), Map.of(), Map.of());
    }
}
