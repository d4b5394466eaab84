package dev.slipway.worker.timeline;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.DeploymentMessage;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.message.Message;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.timeline.TimelineStore;
import dev.slipway.workflows.Payloads;
import dev.slipway.workflows.UnreadablePayloadException;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.timeline.TimelineRebuildActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
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
                                + ", so its stored status is left unchanged",
                        FailureType.NOT_POSSIBLE_NOW.wireName()));
        if (!hasClosed(workflow)) {
            // It has told its end, and a worker died before it was closed; another one closes it in a moment.
            throw ApplicationFailure.newFailure(
                    "Deployment " + deployment + " is still running and updates its status itself",
                    FailureType.NOT_POSSIBLE_NOW.wireName());
        }
        ActivityExecutionContext activity = Activity.getExecutionContext();
        try {
            store.replace(deployment, story(deployment, workflow, () -> activity.heartbeat(null)));
        } catch (UnreadablePayloadException e) {
            throw ApplicationFailure.newNonRetryableFailure(
                    "The history of deployment " + deployment + " cannot be read: " + e.getMessage(),
                    FailureType.PAYLOAD_UNREADABLE.wireName());
        }
    }

    /** Adds what is missing in the store of a deployment whose workflow has closed; {@code beat} is called as it goes on. */
    public void complete(DeploymentId deployment, WorkflowExecutionDescription workflow, Runnable beat) {
        try {
            story(deployment, workflow, beat).forEach(part -> store.append(deployment, part));
        } catch (UnreadablePayloadException e) {
            store.append(deployment, unreadable(deployment, workflow));
        }
    }

    /** Ends the story of a deployment that had begun, and whose workflow Temporal has lost. */
    public void giveUp(DeploymentId deployment) {
        store.append(
                deployment,
                failed(
                        FailureType.TERMINATED,
                        DeploymentMessage.WORKFLOW_LOST.with("deployment", deployment),
                        "lost",
                        Instant.now()));
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
    private Stream<List<TimelineEvent>> story(
            DeploymentId deployment, WorkflowExecutionDescription workflow, Runnable beat) {
        AtomicBoolean ended = new AtomicBoolean();
        Stream<List<TimelineEvent>> told = history.read(deployment).peek(part -> {
            beat.run();
            if (part.stream().anyMatch(event -> event.change() instanceof Change.Ended)) {
                ended.set(true);
            }
        });
        // The second is not looked at before the first has come to its end.
        return Stream.concat(
                told, Stream.of(workflow).filter(_ -> !ended.get()).map(closed -> withoutEnd(deployment, closed)));
    }

    private List<TimelineEvent> withoutEnd(DeploymentId deployment, WorkflowExecutionDescription workflow) {
        if (failedUnread(deployment, workflow)) {
            return unreadable(deployment, workflow);
        }
        Message message = DeploymentMessage.WORKFLOW_ENDED.with(
                "deployment",
                deployment,
                "status",
                workflow.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", ""));
        return failed(FailureType.TERMINATED, message, workflow.getExecution().getRunId(), closed(workflow));
    }

    /** Whether the workflow has failed because of {@code Payloads.UNREADABLE}. */
    private boolean failedUnread(DeploymentId deployment, WorkflowExecutionDescription workflow) {
        return workflow.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED
                && history.failureType(deployment).equals(Payloads.UNREADABLE.getName());
    }

    private static List<TimelineEvent> unreadable(DeploymentId deployment, WorkflowExecutionDescription workflow) {
        Message message = DeploymentMessage.PAYLOAD_UNREADABLE.with("deployment", deployment);
        return failed(
                FailureType.PAYLOAD_UNREADABLE, message, workflow.getExecution().getRunId(), closed(workflow));
    }

    private static Instant closed(WorkflowExecutionDescription workflow) {
        return Optional.ofNullable(workflow.getCloseTime()).orElseGet(Instant::now);
    }

    private static List<TimelineEvent> failed(FailureType type, Message message, String run, Instant moment) {
        // As precise as a workflow's own clock, and as what is stored.
        Instant at = moment.truncatedTo(ChronoUnit.MILLIS);
        Failure failure = new Failure(type, message);
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
