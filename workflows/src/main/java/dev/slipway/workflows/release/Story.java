package dev.slipway.workflows.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.timeline.TimelineWriter;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** A deployment's status, and what is told of it. */
final class Story {
    private final TimelineWriter timeline;
    private DeploymentStatus status;
    private boolean waiting;
    private @Nullable Failure failure;

    Story(DeploymentId deployment, DeploymentStatus status) {
        timeline = new TimelineWriter(deployment);
        this.status = status;
    }

    /** Starts the writer, which a cancellation does not stop. */
    void begin() {
        timeline.begin();
    }

    DeploymentStatus status() {
        return status;
    }

    boolean waiting() {
        return waiting;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** The one place where the status changes. Fails on what the table does not allow. */
    void moveTo(DeploymentStatus next, String reason) {
        moveTo(next, false, null, reason);
    }

    void moveTo(DeploymentStatus next, boolean waits, @Nullable Failure cause, String reason) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("A deployment that is " + status + " cannot become " + next);
        }
        status = next;
        tell(waits, cause, reason);
    }

    /** The status stays, and it begins or ends to wait for a person. */
    void wait(boolean waits, String reason) {
        tell(waits, failure, reason);
    }

    private void tell(boolean waits, @Nullable Failure cause, String reason) {
        waiting = waits;
        failure = cause;
        if (status.phase() != Phase.RUNNING || status == DeploymentStatus.RUNNING) {
            Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(status.wireName()));
        }
        Workflow.setCurrentDetails("**" + status.wireName() + (waits ? ", waiting" : "") + "**: " + reason);
        timeline.add(new Change.OfDeployment(status, waits, cause), reason);
    }

    void task(String target, TaskStatus next, int attempt, @Nullable Digest previous, String reason) {
        timeline.add(new Change.OfTask(target, next, attempt, previous, null), reason);
    }

    void taskFailed(String target, int attempt, @Nullable Digest previous, Failure cause) {
        timeline.add(new Change.OfTask(target, TaskStatus.FAILED, attempt, previous, cause), cause.message());
    }

    /** The last word. */
    void end(String reason) {
        waiting = false;
        timeline.add(new Change.Ended(status, failure), reason);
    }

    /** Returns once everything that was told is written, or the writer has given up. */
    void flush() {
        timeline.flush();
    }
}
