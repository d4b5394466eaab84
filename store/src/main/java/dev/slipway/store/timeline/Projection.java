package dev.slipway.store.timeline;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Phase;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.kind.DeploymentKind;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.TaskStatus;
import dev.slipway.core.timeline.Change;
import dev.slipway.core.timeline.TimelineEvent;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a deployment and the tasks that are spoken of have come to. Events move it on, as far as the tables of the core allow. */
final class Projection {
    private final DeploymentKind kind;
    private Deployment deployment;
    private final Map<String, Task> tasks;
    private final Map<String, Task> moved = new LinkedHashMap<>();

    Projection(DeploymentKind kind, Deployment deployment, Map<String, Task> tasks) {
        this.kind = kind;
        this.deployment = deployment;
        this.tasks = tasks;
    }

    Deployment deployment() {
        return deployment;
    }

    /** The tasks that have moved, by target. */
    Map<String, Task> moved() {
        return moved;
    }

    /** Applies the event. Returns false, and changes nothing, where the tables do not allow it. */
    boolean apply(TimelineEvent event) {
        return switch (event.change()) {
            case Change.OfDeployment change -> applyToWhole(event, change);
            case Change.OfTask change -> applyToTask(event, change);
            case Change.Ended change -> applyEnd(event, change);
        };
    }

    private boolean applyToWhole(TimelineEvent event, Change.OfDeployment change) {
        Status next = kind.status(change.status());
        if (deployment.endedAt() != null || !reachable(next)) {
            return false;
        }
        boolean starts = deployment.startedAt() == null && next.phase() != Phase.QUEUED;
        deployment = new Deployment(
                next,
                change.waiting(),
                event.message(),
                failure(next, change.failure()),
                starts ? event.at() : deployment.startedAt(),
                null);
        return true;
    }

    private boolean applyEnd(TimelineEvent event, Change.Ended change) {
        if (deployment.endedAt() != null) {
            return false;
        }
        // The workflow has closed, whatever is believed of its status here: an end is never passed over.
        Status end = kind.status(change.status());
        boolean allowed = reachable(end);
        Status status = allowed ? end : deployment.status();
        deployment = new Deployment(
                status, false, event.message(), failure(status, change.failure()), deployment.startedAt(), event.at());
        return allowed;
    }

    private boolean reachable(Status next) {
        return deployment.status().equals(next) || deployment.status().canBecome(next);
    }

    private @Nullable Failure failure(Status status, @Nullable Failure failure) {
        return failure == null && status.showsFailure() ? deployment.failure() : failure;
    }

    private boolean applyToTask(TimelineEvent event, Change.OfTask change) {
        Task task = tasks.get(change.target());
        if (task == null
                || deployment.endedAt() != null
                || !(task.status() == change.status() || task.status().canBecome(change.status()))) {
            return false;
        }
        Task next = task.after(event.at(), change);
        tasks.put(change.target(), next);
        moved.put(change.target(), next);
        return true;
    }

    record Deployment(
            Status status,
            boolean waiting,
            Message message,
            @Nullable Failure failure,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        Phase phase() {
            return waiting && endedAt == null ? Phase.WAITING : status.phase();
        }
    }

    record Task(
            TaskStatus status,
            int attempt,
            @Nullable Digest previousDigest,
            @Nullable Failure failure,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {
        private static final Set<TaskStatus> STARTED =
                EnumSet.complementOf(EnumSet.of(TaskStatus.PENDING, TaskStatus.QUEUED));
        /** What a task may stay at when its deployment has ended. */
        static final Set<TaskStatus> DONE = EnumSet.of(
                TaskStatus.SUCCEEDED,
                TaskStatus.FAILED,
                TaskStatus.SKIPPED,
                TaskStatus.CANCELED,
                TaskStatus.ROLLED_BACK);
        // Why a target was brought back or skipped stays to be seen.
        private static final Set<TaskStatus> FAILURE_SHOWS = EnumSet.of(
                TaskStatus.FAILED,
                TaskStatus.RETRYING,
                TaskStatus.SKIPPED,
                TaskStatus.CANCELED,
                TaskStatus.ROLLED_BACK);

        private Task after(Instant at, Change.OfTask change) {
            TaskStatus next = change.status();
            return new Task(
                    next,
                    change.attempt() == 0 ? attempt : change.attempt(),
                    change.previousDigest() == null ? previousDigest : change.previousDigest(),
                    change.failure() == null && FAILURE_SHOWS.contains(next) ? failure : change.failure(),
                    startedAt == null && STARTED.contains(next) ? at : startedAt,
                    DONE.contains(next) ? at : null);
        }
    }
}
