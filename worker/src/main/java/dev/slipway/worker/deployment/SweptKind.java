package dev.slipway.worker.deployment;

import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.kind.DeploymentKind;

/** What the sweep asks the feature of a deployment for. */
public interface SweptKind {
    DeploymentKind kind();

    /** Starts the workflow of a deployment that was accepted, and never started. */
    void start(DeploymentId deployment);

    /** A deployment's workflow has ended without a word: whatever it held is free. */
    void leave(DeploymentId deployment);
}
