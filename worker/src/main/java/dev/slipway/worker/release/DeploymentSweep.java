package dev.slipway.worker.release;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.release.Deployment;
import dev.slipway.store.release.DeploymentStore;
import dev.slipway.store.timeline.TimelineStore;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.release.AdmissionActivities;
import dev.slipway.workflows.release.DeploymentInput;
import dev.slipway.workflows.release.DeploymentStart;
import dev.slipway.workflows.release.DeploymentSweepActivities;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowNotFoundException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Compares deployments that have not ended with their workflows, a page at a time, and clears away what nobody needs. */
@Component
public class DeploymentSweep implements DeploymentSweepActivities {
    /** Younger ones are still being started by whoever accepted them. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    /** As long as a client may go on repeating a request, and an upload may be continued. */
    private static final Duration KEPT = Duration.ofDays(2);

    private static final int PAGE = 200;
    private static final Logger log = LoggerFactory.getLogger(DeploymentSweep.class);

    private final DeploymentStore deployments;
    private final ArtifactStore artifacts;
    private final TimelineStore timeline;
    private final StoryRebuild rebuild;
    private final AdmissionActivities admission;
    private final WorkflowClient client;

    DeploymentSweep(
            DeploymentStore deployments,
            ArtifactStore artifacts,
            TimelineStore timeline,
            StoryRebuild rebuild,
            TemporalAdmission admission,
            WorkflowClient client) {
        this.deployments = deployments;
        this.artifacts = artifacts;
        this.timeline = timeline;
        this.rebuild = rebuild;
        this.admission = admission;
        this.client = client;
    }

    @Override
    public Swept sweep() {
        int started = 0;
        int corrected = 0;
        List<Deployment> page = deployments.unfinished(YOUNG, null, PAGE);
        while (!page.isEmpty()) {
            for (Deployment deployment : page) {
                Optional<WorkflowExecutionDescription> workflow = describe(deployment);
                if (workflow.isEmpty()) {
                    start(deployment);
                    started++;
                } else if (hasClosed(workflow.get())) {
                    correct(deployment, workflow.get());
                    corrected++;
                }
            }
            page = deployments.unfinished(YOUNG, page.getLast().id(), PAGE);
        }
        deployments.forgetAnswers(KEPT);
        artifacts.dropAbandoned(KEPT);
        return new Swept(started, corrected);
    }

    private Optional<WorkflowExecutionDescription> describe(Deployment deployment) {
        try {
            return Optional.of(client.newUntypedWorkflowStub(WorkflowIds.ofDeployment(deployment.id()))
                    .describe());
        } catch (WorkflowNotFoundException e) {
            return Optional.empty();
        }
    }

    private static boolean hasClosed(WorkflowExecutionDescription workflow) {
        return workflow.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                && workflow.getStatus() != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW;
    }

    private void start(Deployment deployment) {
        log.info("Deployment {} was accepted and never started; it is started now.", deployment.id());
        DeploymentStart.start(
                client,
                new DeploymentInput(
                        deployment.id(),
                        deployment.environment(),
                        deployment.release(),
                        deployment.concurrency(),
                        deployment.strategy(),
                        deployment.onFailure(),
                        deployment.targets(),
                        deployment.force(),
                        deployment.rollbackOf(),
                        null));
    }

    /** First what the history tells; a workflow that was ended from outside told nothing of its end. */
    private void correct(Deployment deployment, WorkflowExecutionDescription workflow) {
        rebuild.rebuild(deployment.id());
        if (deployments.find(deployment.id()).filter(Deployment::ended).isPresent()) {
            return;
        }
        Failure failure = new Failure(
                FailureType.TERMINATED,
                "The workflow of deployment %s was ended in Temporal from outside (%s). Its targets stay as they were at that moment; deploy again to have them in a known state."
                        .formatted(
                                deployment.id(),
                                workflow.getStatus().name().replace("WORKFLOW_EXECUTION_STATUS_", "")));
        String run = workflow.getExecution().getRunId();
        Instant at = Optional.ofNullable(workflow.getCloseTime()).orElseGet(Instant::now);
        timeline.append(
                deployment.id(),
                List.of(
                        new TimelineEvent(
                                run + "/terminated",
                                at,
                                new Change.OfDeployment(DeploymentStatus.FAILED, false, failure),
                                failure.message()),
                        new TimelineEvent(
                                run + "/end",
                                at,
                                new Change.Ended(DeploymentStatus.FAILED, failure),
                                failure.message())));
        admission.leave(new AdmissionActivities.Seat(deployment.environment(), deployment.id()));
    }
}
