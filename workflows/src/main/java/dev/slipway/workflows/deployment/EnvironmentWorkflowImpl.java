package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.workflows.ControlPlaneOptions;
import dev.slipway.workflows.WorkflowIds;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Handlers only note what was said; the loop acts, one thing after the other. Telling a deployment takes a workflow
 * task, and deployments leave meanwhile: the loop iterates over no list that a handler changes.
 */
public final class EnvironmentWorkflowImpl implements EnvironmentWorkflow {
    /** How often the one under way is looked at while others wait: it may have been terminated. */
    static final Duration HOLDER_CHECK = Duration.ofSeconds(15);

    private final AdmissionActivities admission =
            Workflow.newLocalActivityStub(AdmissionActivities.class, ControlPlaneOptions.UNTIL_IT_IS_DONE);
    private final Deque<Entry> arrived = new ArrayDeque<>();
    private final List<Entry> waiting;
    private @Nullable DeploymentId holder;
    private boolean held;
    private long epoch;
    private boolean acting;

    @WorkflowInit
    public EnvironmentWorkflowImpl(Admissions admissions) {
        waiting = new ArrayList<>(admissions.waiting());
        holder = admissions.holder();
        held = admissions.held();
        epoch = admissions.epoch();
    }

    @Override
    public void serve(Admissions admissions) {
        while (true) {
            ContinueAsNew.ifSuggested(() -> {}, () -> !arrived.isEmpty(), this::admissions);
            awaitSomethingToDo();
            acting = true;
            while (!arrived.isEmpty()) {
                receive(arrived.remove());
            }
            while (holder == null && !waiting.isEmpty()) {
                admit(waiting.removeFirst().deployment());
            }
            acting = false;
        }
    }

    private void awaitSomethingToDo() {
        if (waiting.isEmpty()) {
            // For good: an environment to which nothing is deployed costs nothing.
            Workflow.await(this::isSomethingToDo);
        } else if (!Waits.await(HOLDER_CHECK, this::isSomethingToDo)) {
            forgetClosedHolder();
        }
    }

    private boolean isSomethingToDo() {
        return !arrived.isEmpty() || (holder == null && !waiting.isEmpty());
    }

    @Override
    public long enter(Entry entry) {
        DeploymentId deployment = entry.deployment();
        if (deployment.equals(holder)) {
            held = false;
            return epoch;
        }
        if (holder == null && !acting && !isSomethingToDo()) {
            grant(deployment);
            return epoch;
        }
        arrived.add(entry);
        return 0;
    }

    @Override
    public void enterBySignal(Entry entry) {
        arrived.add(entry);
    }

    @Override
    public void leave(DeploymentId deployment) {
        arrived.removeIf(entry -> entry.deployment().equals(deployment));
        waiting.removeIf(entry -> entry.deployment().equals(deployment));
        if (deployment.equals(holder)) {
            holder = null;
            held = false;
        }
    }

    @Override
    public void hold(DeploymentId deployment) {
        if (deployment.equals(holder)) {
            held = true;
            supersedeHolderFor(waiting);
        }
    }

    @Override
    public Admissions admissions() {
        return new Admissions(holder, held, List.copyOf(waiting), epoch);
    }

    private void receive(Entry entry) {
        DeploymentId deployment = entry.deployment();
        if (deployment.equals(holder)) {
            // It asks again: the answer was lost, or it is no longer held.
            held = false;
            tell(deployment, "admit", epoch);
            return;
        }
        if (waiting.stream().anyMatch(other -> other.deployment().equals(deployment))) {
            return;
        }
        forgetClosedHolder();
        switch (entry.concurrency()) {
            case QUEUE -> waiting.add(entry);
            case SUPERSEDE -> supersedeAllFor(entry);
            case REJECT -> rejectOrWait(entry);
        }
        if (held) {
            supersedeHolderFor(waiting);
        }
    }

    private void supersedeAllFor(Entry entry) {
        List<Entry> superseded = List.copyOf(waiting);
        waiting.clear();
        waiting.add(entry);
        Promise.allOf(superseded.stream()
                        .map(other -> Async.function(() -> tell(
                                other.deployment(),
                                "supersede",
                                entry.deployment().value())))
                        .toList())
                .get();
        supersedeHolderFor(waiting);
    }

    // A held deployment is no reason to refuse the one that mends what it broke; one that is about to be let in is.
    private void rejectOrWait(Entry entry) {
        DeploymentId underWay = held ? null : holder;
        DeploymentId first = waiting.isEmpty() ? underWay : waiting.getFirst().deployment();
        if (first == null) {
            waiting.add(entry);
        } else {
            tell(entry.deployment(), "reject", first.value());
        }
    }

    private void supersedeHolderFor(List<Entry> successors) {
        if (holder != null && !successors.isEmpty()) {
            tell(holder, "supersede", successors.getFirst().deployment().value());
        }
    }

    private void forgetClosedHolder() {
        DeploymentId asked = holder;
        if (asked != null && !admission.isOpen(asked) && Objects.equals(asked, holder)) {
            holder = null;
            held = false;
        }
    }

    private void grant(DeploymentId deployment) {
        // Greater than any before, also when the history of the environment was lost.
        epoch = Math.max(epoch + 1, Workflow.currentTimeMillis());
        holder = deployment;
    }

    private void admit(DeploymentId deployment) {
        grant(deployment);
        if (!tell(deployment, "admit", epoch) && deployment.equals(holder)) {
            holder = null;
        }
    }

    /** Whether the deployment could be told; one that is over cannot. */
    private static boolean tell(DeploymentId deployment, String signal, Object argument) {
        try {
            Workflow.newUntypedExternalWorkflowStub(WorkflowIds.ofDeployment(deployment))
                    .signal(signal, argument);
            return true;
        } catch (SignalExternalWorkflowException | ApplicationFailure e) {
            return false;
        }
    }
}
