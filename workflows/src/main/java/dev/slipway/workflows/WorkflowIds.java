package dev.slipway.workflows;

import dev.slipway.core.deployment.DeploymentId;

/** The ids of workflows: the business id, and so the lock. */
public final class WorkflowIds {
    /** What the ids of all deployments, and of what belongs to one, begin with. */
    public static final String DEPLOYMENT = "deployment/";

    private static final String ENVIRONMENT = "environment/";

    private static final String IAC_REPOSITORY = "iac-repository/";

    private WorkflowIds() {}

    public static String ofDeployment(DeploymentId deployment) {
        return DEPLOYMENT + deployment;
    }

    public static String ofRebuild(DeploymentId deployment) {
        return DEPLOYMENT + deployment + "/rebuild";
    }

    public static String ofEnvironment(String environment) {
        return ENVIRONMENT + environment;
    }

    public static String ofIacRepository(String repository) {
        return IAC_REPOSITORY + repository;
    }
}
