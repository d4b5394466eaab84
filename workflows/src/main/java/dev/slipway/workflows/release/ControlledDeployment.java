package dev.slipway.workflows.release;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people and the environment say to a deployment, and what it answers; the work itself is {@link Deployment}'s. */
abstract class ControlledDeployment implements DeploymentControl {
    private final Orders orders = new Orders();
    private final Deployment deployment;

    ControlledDeployment(DeploymentInput input) {
        deployment = new Deployment(input, orders);
    }

    DeploymentResult run() {
        return deployment.run();
    }

    @Override
    public void cancel(@Nullable String reason) {
        orders.stop(new Ending.Canceled(said(reason, "Canceled by a person.")));
    }

    @Override
    public void rollback(@Nullable String reason) {
        orders.stop(new Ending.RolledBack(said(reason, "Rolled back by a person.")));
    }

    @Override
    public void supersede(String by) {
        deployment.superseded(by);
    }

    @Override
    public void pause(@Nullable String reason) {
        deployment.pause(said(reason, "Paused by a person; no further target is begun."));
    }

    @Override
    public void resume() {
        deployment.resume("Resumed by a person.");
    }

    @Override
    public void admit(long epoch) {
        deployment.admitted(epoch);
    }

    @Override
    public void reject(String holder) {
        deployment.rejected(holder);
    }

    @Override
    public OrderAnswer retryTask(String target) {
        return obey(new Orders.TaskOrder.Retry(target));
    }

    @Override
    public OrderAnswer skipTask(String target) {
        return obey(new Orders.TaskOrder.Skip(target));
    }

    @Override
    public DeploymentState state() {
        return deployment.state();
    }

    private OrderAnswer obey(Orders.TaskOrder order) {
        List<String> failed = deployment.state().failed();
        if (!failed.contains(order.target()) || orders.concerns(order.target())) {
            return new OrderAnswer(
                    false, "Target \"%s\" does not wait for a person; these do: %s.".formatted(order.target(), failed));
        }
        orders.add(order);
        return new OrderAnswer(true, "");
    }

    // The Temporal UI sends signals without an argument, or with an empty one.
    private static String said(@Nullable String reason, String otherwise) {
        return reason == null || reason.isBlank() ? otherwise : reason;
    }
}
