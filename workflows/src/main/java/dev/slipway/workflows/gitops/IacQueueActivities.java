package dev.slipway.workflows.gitops;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a push says to the workflow of its repository. Local activities: workflows have no signal-with-start of their own. */
@ActivityInterface
public interface IacQueueActivities {
    /** Queues the change, and starts the repository's workflow where it does not run. Saying it twice does no more. */
    @ActivityMethod(name = "enqueueChange")
    void enqueue(IacRepositoryWorkflow.Change change);
}
