package dev.slipway.worker.deployment;

import dev.slipway.store.artifact.ArtifactStore;
import dev.slipway.store.deployment.DeploymentEntry;
import dev.slipway.store.deployment.DeploymentIndex;
import dev.slipway.store.deployment.IdempotencyKeys;
import dev.slipway.store.deployment.Outbox;
import dev.slipway.worker.timeline.TimelineRebuild;
import dev.slipway.workflows.WorkflowIds;
import dev.slipway.workflows.deployment.AdmissionActivities;
import dev.slipway.workflows.deployment.DeploymentStart;
import dev.slipway.workflows.deployment.DeploymentSweepActivities;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final int PAGE = 200;
    private static final Logger log = LoggerFactory.getLogger(DeploymentSweep.class);

    private final DeploymentIndex index;
    private final Outbox outbox;
    private final IdempotencyKeys keys;
    private final ArtifactStore artifacts;
    private final OpenWorkflows open;
    private final TimelineRebuild rebuild;
    private final TemporalAdmission admission;
    private final WorkflowClient client;

    DeploymentSweep(
            DeploymentIndex index,
            Outbox outbox,
            IdempotencyKeys keys,
            ArtifactStore artifacts,
            OpenWorkflows open,
            TimelineRebuild rebuild,
            TemporalAdmission admission,
            WorkflowClient client) {
        this.index = index;
        this.outbox = outbox;
        this.keys = keys;
        this.artifacts = artifacts;
        this.open = open;
        this.rebuild = rebuild;
        this.admission = admission;
        this.client = client;
    }

    @Override
    public void sweep(Sweep input) {
        ActivityExecutionContext activity = Activity.getExecutionContext();
        long end = System.nanoTime() + input.duration().toNanos();
        while (System.nanoTime() < end) {
            sweepOnce(activity);
            rest(activity, input.period());
        }
    }

    /** With a heartbeat, which tells when this worker stops or the sweep was canceled, every second. */
    private static void rest(ActivityExecutionContext activity, Duration period) {
        try {
            for (long left = period.toMillis(); left > 0; left -= HEARTBEAT.toMillis()) {
                activity.heartbeat(null);
                Thread.sleep(Math.min(left, HEARTBEAT.toMillis()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CanceledFailure("The sweep was interrupted.");
        }
    }

    private void sweepOnce(ActivityExecutionContext activity) {
        // Before the rows are read: what starts meanwhile is not yet old enough to be one of them.
        Set<String> running = open.ids();
        List<DeploymentEntry> page = index.unfinished(YOUNG, null, PAGE);
        while (!page.isEmpty()) {
            activity.heartbeat(null);
            for (DeploymentEntry deployment : page) {
                if (!running.contains(WorkflowIds.ofDeployment(deployment.id()))) {
                    sweep(deployment, activity);
                    activity.heartbeat(null);
                }
            }
            page = index.unfinished(YOUNG, page.getLast().id(), PAGE);
        }
        outbox.clear();
        keys.forget(KEPT);
        artifacts.dropAbandoned(KEPT);
    }

    // One that cannot be corrected must not keep the others from being started.
    private void sweep(DeploymentEntry deployment, ActivityExecutionContext activity) {
        try {
            Optional<WorkflowExecutionDescription> workflow = rebuild.describe(deployment.id());
            if (workflow.isEmpty() && !deployment.begun()) {
                start(deployment);
            } else if (workflow.isEmpty() || TimelineRebuild.hasClosed(workflow.get())) {
                correct(deployment, workflow, activity);
            }
        } catch (ActivityCompletionException e) {
            // It was canceled, or this worker stops.
            throw e;
        } catch (RuntimeException e) {
            log.warn("Could not compare deployment {} with its workflow; retrying.", deployment.id(), e);
        }
    }

    private void start(DeploymentEntry deployment) {
        log.info("Deployment {} was accepted but not started; starting it.", deployment.id());
        String start = outbox.find(deployment.id())
                .orElseThrow(
                        () -> new IllegalStateException("It began or ended meanwhile, or has no row in the outbox."));
        DeploymentStart.read(start).by(client);
    }

    /**
     * What has begun is never begun again by itself: Temporal may have been restored from an old backup. A workflow that did
     * not come to its end has not released its lock either.
     */
    private void correct(
            DeploymentEntry deployment,
            Optional<WorkflowExecutionDescription> workflow,
            ActivityExecutionContext activity) {
        log.info(
                "The workflow of deployment {} has ended, but its status in the database has not; correcting it.",
                deployment.id());
        workflow.ifPresentOrElse(
                closed -> rebuild.complete(deployment.id(), closed, () -> activity.heartbeat(null)),
                () -> rebuild.giveUp(deployment.id()));
        admission.leave(new AdmissionActivities.Holder(deployment.environment(), deployment.id()));
    }
}
