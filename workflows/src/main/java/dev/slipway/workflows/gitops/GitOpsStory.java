package dev.slipway.workflows.gitops;

import dev.slipway.core.deployment.Phase;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.release.DeploymentId;
import dev.slipway.core.timeline.Change;
import dev.slipway.workflows.SearchAttributes;
import dev.slipway.workflows.timeline.TimelineWriter;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** A deployment's status, and what is told of it. */
final class GitOpsStory {
    private final TimelineWriter timeline;
    private GitOpsStatus status;
    private @Nullable String commit;
    private @Nullable Failure failure;

    GitOpsStory(DeploymentId deployment, GitOpsStatus status, @Nullable String commit) {
        timeline = new TimelineWriter(deployment);
        this.status = status;
        this.commit = commit;
    }

    void begin() {
        timeline.begin();
    }

    GitOpsState state() {
        return new GitOpsState(status, commit, failure);
    }

    GitOpsStatus status() {
        return status;
    }

    @Nullable
    Failure failure() {
        return failure;
    }

    /** The one place where the status changes. Fails on what the table does not allow. */
    void moveTo(GitOpsStatus next, String reason) {
        if (!status.canBecome(next)) {
            throw new IllegalStateException("A deployment that is " + status + " cannot become " + next);
        }
        status = next;
        if (next.phase() != Phase.RUNNING || next == GitOpsStatus.MONITORING) {
            Workflow.upsertTypedSearchAttributes(SearchAttributes.STATUS.valueSet(next.wireName()));
        }
        tell(reason);
    }

    void pushed(String made, String reason) {
        commit = made;
        moveTo(GitOpsStatus.PUSHED, reason);
    }

    void failed(Failure cause) {
        failure = cause;
        moveTo(GitOpsStatus.FAILED, cause.message());
    }

    /** The status stays, and there is something new to say. */
    void tell(String reason) {
        Workflow.setCurrentDetails("**" + status.wireName() + "**: " + reason);
        timeline.add(new Change.OfGitOps(status, commit, failure), reason);
    }

    /** The last word. */
    void end(String reason) {
        timeline.add(new Change.GitOpsEnded(status, failure), reason);
        timeline.flush();
    }

    void flush() {
        timeline.flush();
    }
}
