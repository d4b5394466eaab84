package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.DeploymentMessage;

/** A deployment that takes orders. What a kind has no use for is refused. */
public interface Controlled {
    OrderAnswer stop(Stop stop);

    void admitted(long epoch);

    void rejected(String holder);

    DeploymentState state();

    default OrderAnswer pause(Order order) {
        return unsupported(DeploymentControl.PAUSE);
    }

    default OrderAnswer resume(Order order) {
        return unsupported(DeploymentControl.RESUME);
    }

    default OrderAnswer retry(Order.OfTarget order) {
        return unsupported(DeploymentControl.RETRY);
    }

    default OrderAnswer skip(Order.OfTarget order) {
        return unsupported(DeploymentControl.SKIP);
    }

    default OrderAnswer abandon(Order order) {
        return unsupported(DeploymentControl.ABANDON);
    }

    private static OrderAnswer unsupported(String order) {
        return OrderAnswer.refused(DeploymentMessage.ORDER_UNSUPPORTED.with("order", order));
    }
}
