package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.DeploymentId;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** How deployments and their environment's workflow reach each other. Local activities of the control plane. */
@ActivityInterface
public interface AdmissionActivities {
    /**
     * Asks the environment's workflow, which is started where there is none, for the lock. Answers the epoch, or 0 where a
     * signal follows.
     */
    @ActivityMethod(name = "enterEnvironment")
    long enter(Enter input);

    /** Signals the environment's workflow that the deployment has failed and waits for an operator. */
    @ActivityMethod(name = "holdEnvironment")
    void hold(Holder input);

    /** Whether the workflow of the deployment is still open. */
    @ActivityMethod(name = "isDeploymentOpen")
    boolean isOpen(DeploymentId deployment);

    record Enter(String environment, EnvironmentWorkflow.Entry entry) {}

    record Holder(String environment, DeploymentId deployment) {}
}
