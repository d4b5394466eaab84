package dev.slipway.workflows.deployment;

import io.temporal.workflow.Workflow;
import java.util.function.Supplier;

/** How every long-lived workflow goes on in a new run, with nothing lost between the two. */
public final class ContinueAsNew {
    private ContinueAsNew() {}

    /**
     * Continues as new where Temporal suggests it. First {@code flush} returns and every handler has finished, because a
     * signal that is sent by the task that ends a run is dropped by the server; what arrives meanwhile, {@code unread} tells
     * of, and it is dealt with first. {@code state} is then what the next run begins with: kilobytes, or the server ends the
     * workflow.
     */
    public static void ifSuggested(Runnable flush, Supplier<Boolean> unread, Supplier<Object> state) {
        if (!Workflow.getInfo().isContinueAsNewSuggested() || unread.get()) {
            return;
        }
        flush.run();
        Workflow.await(Workflow::isEveryHandlerFinished);
        if (!unread.get()) {
            Workflow.continueAsNew(state.get());
        }
    }
}
