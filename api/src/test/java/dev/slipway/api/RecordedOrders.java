package dev.slipway.api;

import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.workflows.deployment.Control;
import dev.slipway.workflows.deployment.Controlled;
import dev.slipway.workflows.deployment.DeploymentState;
import dev.slipway.workflows.deployment.Order;
import dev.slipway.workflows.deployment.OrderAnswer;
import dev.slipway.workflows.deployment.Stop;
import dev.slipway.workflows.release.DeploymentInput;
import dev.slipway.workflows.release.DeploymentResult;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** Remembers its orders, and ends when it is canceled. Its state names the orders as failed targets. */
abstract class RecordedOrders implements Controlled {
    private final List<String> orders = new ArrayList<>();
    private boolean ended;

    RecordedOrders() {
        Control.of(this);
    }

    DeploymentResult untilCanceled(DeploymentInput input) {
        orders.add("start " + input.deployment() + " " + input.release() + " " + input.targets());
        Workflow.await(() -> ended);
        return new DeploymentResult(DeploymentStatus.CANCELED, Message.text("canceled"));
    }

    @Override
    public OrderAnswer stop(Stop stop) {
        orders.add(stop.message().toString());
        ended = stop instanceof Stop.Cancel;
        return OrderAnswer.ACCEPTED;
    }

    @Override
    public OrderAnswer pause(Order order) {
        return accepted("pause " + order.reason());
    }

    @Override
    public OrderAnswer resume(Order order) {
        return accepted("resume");
    }

    @Override
    public OrderAnswer retry(Order.OfTarget order) {
        return order.target().endsWith("-2")
                ? OrderAnswer.refused(Message.text(order.target() + " has not failed"))
                : accepted("retry " + order.target());
    }

    @Override
    public OrderAnswer skip(Order.OfTarget order) {
        return accepted("skip " + order.target());
    }

    private OrderAnswer accepted(String order) {
        orders.add(order);
        return OrderAnswer.ACCEPTED;
    }

    @Override
    public void admitted(long epoch) {}

    @Override
    public void rejected(String holder) {}

    @Override
    public DeploymentState state() {
        return new DeploymentState(DeploymentStatus.RUNNING.wireName(), false, null, null, 0, List.copyOf(orders));
    }
}
