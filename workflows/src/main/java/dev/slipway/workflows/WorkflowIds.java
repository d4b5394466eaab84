package dev.slipway.workflows;

import dev.slipway.core.release.DeploymentId;
import dev.slipway.workflows.gitops.ChartChange;

/** The ids of workflows: the business id, and so the lock. */
public final class WorkflowIds {
    private static final String DEPLOYMENT = "deployment/";
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

    /** The push of a change is a child of its deployment. */
    public static String ofPush(ChartChange change) {
        return switch (change) {
            case ChartChange.Replace replace -> ofDeployment(replace.deployment()) + "/push";
            case ChartChange.Revert revert -> ofDeployment(revert.deployment()) + "/revert";
        };
    }
}
