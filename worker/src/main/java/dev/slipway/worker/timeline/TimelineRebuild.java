package dev.slipway.worker.timeline;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.timeline.TimelineStore;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.timeline.TimelineRebuildActivities;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Writes the read model of a deployment that has ended, from its workflow's history. */
@Component
public class TimelineRebuild implements TimelineRebuildActivities {
    private final WorkflowClient client;
    private final TimelineHistory history;
    private final TimelineStore store;

    TimelineRebuild(WorkflowClient client, TimelineHistory history, TimelineStore store) {
        this.client = client;
        this.history = history;
        this.store = store;
    }

    @Override
    public void rebuild(DeploymentId deployment) {
        WorkflowExecutionDescription workflow = describe(deployment)
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(
                        "Temporal no longer has the history of deployment " + deployment
                                + ", so what is stored of it is left as it is",
                        FailureType.NOT_POSSIBLE_NOW.wireName()));
        if (!hasClosed(workflow)) {
            // It has told its end, and a worker died before it was closed; another one closes it in a moment.
            throw ApplicationFailure.newFailure(
                    "Deployment " + deployment + " still runs; it writes its story itself",
                    FailureType.NOT_POSSIBLE_NOW.wireName());
        }
        store.replace(deployment, story(deployment, workflow));
    }

    /** Adds what is missing in the store of a deployment whose workflow has closed. */
    public void complete(DeploymentId deployment, WorkflowExecutionDescription workflow) {
        story(deployment, workflow).forEach(part -> store.append(deployment, part));
    }

    /** Ends the story of a deployment that had begun, and whose workflow Temporal has lost. */
    public void giveUp(DeploymentId deployment) {
        store.append(
                deployment,
                failed(DeploymentMessage.WORKFLOW_LOST.with("deployment", deployment), "lost", Instant.now()));
    }

    /** The deployment's workflow; empty where Temporal has none. */
    public Optional<WorkflowExecutionDescription> describe(DeploymentId deployment) {
        try {
            return Optional.of(client.newUntypedWorkflowStub(WorkflowIds.ofDeployment(deployment))
                    .describe());
        } catch (WorkflowNotFoundException e) {
            return Optional.empty();
        }
    }

    public static boolean hasClosed(WorkflowExecutionDescription workflow) {
        return workflow.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                && workflow.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW;
    }

    /** What the history tells; a workflow that was ended from outside told nothing of its end. */
    private List<List<TimelineEvent>> story(DeploymentId deployment, WorkflowExecutionDescription workflow) {
        List<List<TimelineEvent>> story = new ArrayList<>(history.read(deployment));
        boolean ended = story.stream().flatMap(List::stream).anyMatch(event -> event.change() instanceof Change.Ended);
        if (!ended) {
            story.add(terminated(deployment, workflow));
        }
        return story;
    }

    private static List<TimelineEvent> terminated(DeploymentId deployment, WorkflowExecutionDescription workflow) {
        Message message = DeploymentMessage.WORKFLOW_ENDED.with(
                "deployment",
                deployment,
                "status",
                workflow.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", ""));
        Instant at = Optional.ofNullable(workflow.getCloseTime()).orElseGet(Instant::now);
        return failed(message, workflow.getExecution().getRunId(), at);
    }

    private static List<TimelineEvent> failed(Message message, String run, Instant moment) {
        // As precise as a workflow's own clock, and as what is stored.
        Instant at = moment.truncatedTo(ChronoUnit.MILLIS);
        Failure failure = new Failure(FailureType.TERMINATED, message);
        return List.of(
                new TimelineEvent(
                        run + "/terminated",
                        at,
                        new Change.OfDeployment(Status.FAILURE, false, failure, null),
                        message,
                        Actor.TEMPORAL),
                new TimelineEvent(
                        run + "/end", at, new Change.Ended(Status.FAILURE, failure), message, Actor.TEMPORAL));
    }
}
