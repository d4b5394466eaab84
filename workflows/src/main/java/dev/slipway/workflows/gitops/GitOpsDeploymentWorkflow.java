package dev.slipway.workflows.gitops;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/**
 * Brings a chart into the IaC repository and watches until it runs. Workflow id: {@code deployment/<id>}. Signals may come
 * at any moment; they are ignored where they make no sense.
 */
@WorkflowInterface
public interface GitOpsDeploymentWorkflow {
    String TYPE = "GitOpsDeployment";

    /** Fails with the deployment's failure, so that Temporal tells a failed deployment from the others. */
    @WorkflowMethod(name = TYPE)
    GitOpsResult deploy(GitOpsInput input);

    /** Ends as canceled. A commit that is pushed stands. */
    @SignalMethod(name = "cancel")
    void cancel(@Nullable String reason);

    /** Ends as canceled, and commits again what was there before. */
    @SignalMethod(name = "cancelAndRevert")
    void cancelAndRevert(@Nullable String reason);

    /** A later deployment has replaced the chart: this one's will never be seen to run. */
    @SignalMethod(name = "supersede")
    void supersede(String by);

    /** Something has happened that is worth a look: whoever waits to ask the cluster again asks now. */
    @SignalMethod(name = "look")
    void look();

    @QueryMethod(name = "state")
    GitOpsState state();
}
