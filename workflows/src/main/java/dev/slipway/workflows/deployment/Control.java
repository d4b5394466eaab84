package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.Actor;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Carries orders to a deployment. */
public final class Control implements DeploymentControl {
    private final Controlled deployment;

    private Control(Controlled deployment) {
        this.deployment = deployment;
    }

    /** From now on, this workflow takes orders for {@code deployment}. */
    public static void of(Controlled deployment) {
        Workflow.registerListener(new Control(deployment));
    }

    @Override
    public OrderAnswer cancel(Order order) {
        return deployment.stop(new Stop.Cancel(order.actor(), order.reason()));
    }

    @Override
    public OrderAnswer rollback(Order order) {
        return deployment.stop(new Stop.Rollback(order.actor(), order.reason()));
    }

    @Override
    public OrderAnswer pause(Order order) {
        return deployment.pause(order);
    }

    @Override
    public OrderAnswer resume(Order order) {
        return deployment.resume(order);
    }

    @Override
    public OrderAnswer retry(Order.OfTarget order) {
        return deployment.retry(order);
    }

    @Override
    public OrderAnswer skip(Order.OfTarget order) {
        return deployment.skip(order);
    }

    @Override
    public OrderAnswer abandon(Order order) {
        return deployment.abandon(order);
    }

    @Override
    public void cancelBySignal(@Nullable String reason) {
        cancel(Order.bySignal(reason));
    }

    @Override
    public void rollbackBySignal(@Nullable String reason) {
        rollback(Order.bySignal(reason));
    }

    @Override
    public void pauseBySignal(@Nullable String reason) {
        pause(Order.bySignal(reason));
    }

    @Override
    public void resumeBySignal(@Nullable String reason) {
        resume(Order.bySignal(reason));
    }

    @Override
    public void retryBySignal(String target) {
        retry(new Order.OfTarget(target, Actor.TEMPORAL, null));
    }

    @Override
    public void skipBySignal(String target) {
        skip(new Order.OfTarget(target, Actor.TEMPORAL, null));
    }

    @Override
    public void abandonBySignal(@Nullable String reason) {
        abandon(Order.bySignal(reason));
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
    public void supersede(String by) {
        deployment.stop(new Stop.Superseded(by));
    }

    @Override
    public DeploymentState state() {
        return deployment.state();
    }
}
