package dev.slipway.api;

import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.workflows.release.DeploymentControl;
import dev.slipway.workflows.release.DeploymentInput;
import dev.slipway.workflows.release.DeploymentResult;
import dev.slipway.workflows.release.DeploymentState;
import dev.slipway.workflows.release.OrderAnswer;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what it was told, and ends when it is canceled. Its state names the orders as failed targets. */
abstract class RecordedOrders implements DeploymentControl {
    private final List<String> orders = new ArrayList<>();
    private boolean ended;

    DeploymentResult untilCanceled(DeploymentInput input) {
        orders.add("start " + input.deployment() + " " + input.release() + " " + input.targets());
        Workflow.await(() -> ended);
        return new DeploymentResult(DeploymentStatus.CANCELED, "canceled");
    }

    @Override
    public void cancel(@Nullable String reason) {
        orders.add("cancel " + reason);
        ended = true;
    }

    @Override
    public void pause(@Nullable String reason) {
        orders.add("pause " + reason);
    }

    @Override
    public void resume() {
        orders.add("resume");
    }

    @Override
    public void rollback(@Nullable String reason) {
        orders.add("rollback " + reason);
    }

    @Override
    public void supersede(String by) {}

    @Override
    public void admit(long epoch) {}

    @Override
    public void reject(String holder) {}

    @Override
    public OrderAnswer retryTask(String target) {
        if (target.endsWith("-2")) {
            return new OrderAnswer(false, target + " has not failed");
        }
        orders.add("retry " + target);
        return new OrderAnswer(true, "");
    }

    @Override
    public OrderAnswer skipTask(String target) {
        orders.add("skip " + target);
        return new OrderAnswer(true, "");
    }

    @Override
    public DeploymentState state() {
        return new DeploymentState(DeploymentStatus.RUNNING, false, null, 0, List.copyOf(orders));
    }
}
