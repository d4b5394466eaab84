package dev.slipway.workflows.deployment;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.timeline.TimelineWriter;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** A deployment's status, and the events of its timeline. */
public final class DeploymentStory<S extends Status> {
    private final TimelineWriter timeline;
    private final Actor actor;
    private S status;
    private String indexed;
    private boolean waiting;
    private @Nullable Failure failure;
    private @Nullable String commit;

    /** {@code actor}: who asked for the deployment, and so for all that happens without an order. */
    public DeploymentStory(DeploymentId deployment, Actor actor, S status) {
        timeline = new TimelineWriter(deployment, this::index);
        this.actor = actor;
        this.status = status;
        indexed = status.wireName();
    }

    /** Starts the writer, which a cancellation does not stop. */
    public void begin() {
        timeline.begin();
    }

    public S status() {
        return status;
    }

    public boolean waiting() {
        return waiting;
    }

    public @Nullable Failure failure() {
        return failure;
    }

    /** In the IaC repository, once there is one. */
    public @Nullable String commit() {
        return commit;
    }

    /** What this run knows of the commit from the one before it. */
    public void recall(@Nullable String made) {
        commit = made;
    }

    /** The one place where the status changes. Fails on what the table does not allow. */
    public void moveTo(S next, Message message) {
        moveTo(next, false, null, message, actor);
    }

    public void moveTo(S next, boolean waits, @Nullable Failure cause, Message message, Actor by) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("A deployment that is " + status + " cannot become " + next);
        }
        status = next;
        report(waits, cause, message, by);
    }

    // Once for all that happens in one moment: each time is an event of the history.
    private void index() {
        if (!indexed.equals(status.wireName())) {
            indexed = status.wireName();
            Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(indexed));
        }
    }

    /** The status stays, and there is something new to say. */
    public void report(Message message) {
        report(waiting, failure, message, actor);
    }

    /** The status stays, and it begins or ends to wait for an operator. */
    public void report(boolean waits, Message message, Actor by) {
        report(waits, failure, message, by);
    }

    /** The commit is known, and the status changes with it. */
    public void committed(String made, S next, Message message) {
        commit = made;
        moveTo(next, message);
    }

    private void report(boolean waits, @Nullable Failure cause, Message message, Actor by) {
        waiting = waits;
        failure = cause;
        Workflow.setCurrentDetails("**" + status.wireName() + (waits ? ", waiting" : "") + "**: " + message);
        timeline.add(new Change.OfDeployment(status.wireName(), waits, cause, commit), message, by);
    }

    /** An event that is not about the deployment as a whole. */
    public void add(Change change, Message message) {
        timeline.add(change, message, actor);
    }

    public void add(Change change, Message message, Actor by) {
        timeline.add(change, message, by);
    }

    /** The last event. Returns once everything is written, or the writer has given up. */
    public void end(Message message, Actor by) {
        waiting = false;
        timeline.add(new Change.Ended(status.wireName(), failure), message, by);
        timeline.flush();
    }

    /** Returns once every event is written, or the writer has given up. */
    public void flush() {
        timeline.flush();
    }
}
