package dev.slipway.worker.timeline;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.store.deployment.DeploymentIndex;
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
    private final DeploymentIndex index;

    TimelineRebuild(WorkflowClient client, TimelineHistory history, TimelineStore store, DeploymentIndex index) {
        this.client = client;
        this.history = history;
        this.store = store;
        this.index = index;
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
                failed(index.findByPrefix(deployment), "is no longer known to Temporal", "lost", Instant.now()));
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
        boolean ended = story.stream().flatMap(List::stream).anyMatch(event -> event.change() instanceof Change.End);
        if (!ended) {
            story.add(terminated(index.findByPrefix(deployment), workflow));
        }
        return story;
    }

    private static List<TimelineEvent> terminated(DeploymentEntry deployment, WorkflowExecutionDescription workflow) {
        String how = "was ended in Temporal from outside ("
                + workflow.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", "") + ")";
        Instant at = Optional.ofNullable(workflow.getCloseTime()).orElseGet(Instant::now);
        return failed(deployment, how, workflow.getExecution().getRunId(), at);
    }

    private static List<TimelineEvent> failed(DeploymentEntry deployment, String how, String run, Instant moment) {
        // As precise as a workflow's own clock, and as what is stored.
        Instant at = moment.truncatedTo(ChronoUnit.MILLIS);
        Failure failure = new Failure(
                FailureType.TERMINATED,
                "The workflow of deployment %s %s. What it deploys to stays as it was at that moment; deploy again to have it in a known state."
                        .formatted(deployment.id(), how));
        return List.of(
                new TimelineEvent(
                        run + "/terminated",
                        at,
                        switch (deployment.kind()) {
                            case RELEASE -> new Change.OfDeployment(DeploymentStatus.FAILED, false, failure);
                            case GITOPS -> new Change.OfGitOps(GitOpsStatus.FAILED, null, failure);
                        },
                        failure.message()),
                new TimelineEvent(
                        run + "/end",
                        at,
                        switch (deployment.kind()) {
                            case RELEASE -> new Change.Ended(DeploymentStatus.FAILED, failure);
                            case GITOPS -> new Change.GitOpsEnded(GitOpsStatus.FAILED, failure);
                        },
                        failure.message()));
    }
}
