package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.fleet.Concurrency;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lock of an environment: one deployment at a time. Workflow id: {@code environment/<name>}. It lives as long as the environment
 * and continues as new. Every signal may come twice.
 */
@WorkflowInterface
public interface EnvironmentWorkflow {
    String TYPE = "Environment";
    String ENTER = "enter";

    @WorkflowMethod(name = TYPE)
    void serve(Admissions admissions);

    /**
     * A deployment asks for the lock. Where it is free, the answer is the deployment's epoch; otherwise it is 0, and {@code admit},
     * {@code reject} or {@code supersede} follows.
     */
    @UpdateMethod(name = ENTER)
    long enter(Entry entry);

    /** A deployment asks for the lock; it is answered by {@code admit}, {@code reject} or {@code supersede}. */
    @SignalMethod(name = ENTER)
    void enterBySignal(Entry entry);

    /** The deployment has ended, or no longer wants the lock. */
    @SignalMethod(name = "leave")
    void leave(DeploymentId deployment);

    /** The deployment has failed and waits for an operator; the next one that comes supersedes it. */
    @SignalMethod(name = "hold")
    void hold(DeploymentId deployment);

    @QueryMethod(name = "admissions")
    Admissions admissions();

    record Entry(DeploymentId deployment, Concurrency concurrency) {}

    /** Who holds the lock, who waits for it, in order, and the last epoch that was given out. */
    record Admissions(@Nullable DeploymentId holder, boolean held, List<Entry> waiting, long epoch) {
        public static final Admissions NONE = new Admissions(null, false, List.of(), 0);
    }
}
