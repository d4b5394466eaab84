package dev.slipway.workflows.timeline;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.message.Message;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import dev.slipway.workflows.ControlPlaneOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The one writer of a deployment's timeline. Events of one moment are written together, beside the work that goes on.
 */
public final class TimelineWriter {
    // Far below the limit of a payload, also with long messages.
    private static final int MOST_PER_WRITE = 200;

    private final DeploymentId deployment;
    private final List<TimelineEvent> unwritten = new ArrayList<>();
    private int sequence;
    private final Runnable beforeWrite;
    private boolean writing;

    /** {@code beforeWrite} runs once for all that is written together. */
    public TimelineWriter(DeploymentId deployment, Runnable beforeWrite) {
        this.deployment = deployment;
        this.beforeWrite = beforeWrite;
    }

    /** Starts the writer, which a cancellation does not stop. */
    public void begin() {
        Workflow.newDetachedCancellationScope(() -> Async.procedure(this::write))
                .run();
    }

    public void add(Change change, Message message, Actor actor) {
        sequence++;
        String id = Workflow.getInfo().getRunId() + "/" + sequence;
        unwritten.add(
                new TimelineEvent(id, Instant.ofEpochMilli(Workflow.currentTimeMillis()), change, message, actor));
    }

    /** Returns once everything that was told is written, or the writer has given up. */
    public void flush() {
        Workflow.await(() -> unwritten.isEmpty() && !writing);
    }

    private void write() {
        TimelineActivities timeline =
                Workflow.newLocalActivityStub(TimelineActivities.class, ControlPlaneOptions.UNTIL_IT_IS_DONE);
        while (true) {
            Workflow.await(() -> !unwritten.isEmpty());
            beforeWrite.run();
            List<TimelineEvent> next = unwritten.subList(0, Math.min(unwritten.size(), MOST_PER_WRITE));
            List<TimelineEvent> events = List.copyOf(next);
            next.clear();
            writing = true;
            try {
                timeline.append(new TimelineActivities.Append(deployment, events));
            } catch (ActivityFailure e) {
                // The history has the story; the sweep mends the read model from it.
                Workflow.getLogger(TimelineWriter.class)
                        .warn("Could not write {} events of {}", events.size(), deployment, e);
            } finally {
                writing = false;
            }
        }
    }
}
