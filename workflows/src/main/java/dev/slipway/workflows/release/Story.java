package dev.slipway.workflows.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.Phase;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.timeline.TimelineActivities;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment's status, and the one writer of its timeline. Events of one moment are written together, beside the
 * work that goes on.
 */
final class Story {
    // Far below the limit of a payload, also with long messages.
    private static final int MOST_PER_WRITE = 200;

    private final DeploymentId deployment;
    private final List<TimelineEvent> unwritten = new ArrayList<>();
    private DeploymentStatus status;
    private boolean waiting;
    private @Nullable Failure failure;
    private int sequence;
    private boolean writing;

    Story(DeploymentId deployment, DeploymentStatus status) {
        this.deployment = deployment;
        this.status = status;
    }

    /** Starts the writer, which a cancellation does not stop. */
    void begin() {
        Workflow.newDetachedCancellationScope(() -> Async.procedure(this::write))
                .run();
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
        add(new Change.OfDeployment(status, waits, cause), reason);
    }

    void task(String target, TaskStatus next, int attempt, @Nullable Digest previous, String reason) {
        add(new Change.OfTask(target, next, attempt, previous, null), reason);
    }

    void taskFailed(String target, int attempt, @Nullable Digest previous, Failure cause) {
        add(new Change.OfTask(target, TaskStatus.FAILED, attempt, previous, cause), cause.message());
    }

    /** The last word. */
    void end(String reason) {
        waiting = false;
        add(new Change.Ended(status, failure), reason);
    }

    /** Returns once everything that was told is written, or the writer has given up. */
    void flush() {
        Workflow.await(() -> unwritten.isEmpty() && !writing);
    }

    private void add(Change change, String reason) {
        sequence++;
        String id = Workflow.getInfo().getRunId() + "/" + sequence;
        unwritten.add(new TimelineEvent(id, Instant.ofEpochMilli(Workflow.currentTimeMillis()), change, reason));
    }

    private void write() {
        while (true) {
            Workflow.await(() -> !unwritten.isEmpty());
            List<TimelineEvent> next = unwritten.subList(0, Math.min(unwritten.size(), MOST_PER_WRITE));
            List<TimelineEvent> events = List.copyOf(next);
            next.clear();
            writing = true;
            try {
                ControlPlane.timeline().append(new TimelineActivities.Append(deployment, events));
            } catch (ActivityFailure e) {
                // The history has the story; the sweep mends the read model from it.
                Workflow.getLogger(Story.class).warn("Could not write {} events of {}", events.size(), deployment, e);
            } finally {
                writing = false;
            }
        }
    }
}
