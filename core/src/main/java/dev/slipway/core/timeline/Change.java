package dev.slipway.core.timeline;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.Status;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.release.DeploymentStatus;
import dev.slipway.core.release.TaskStatus;
import org.jspecify.annotations.Nullable;

/** What an event changed. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Change.OfDeployment.class, name = "deployment"),
    @JsonSubTypes.Type(value = Change.OfTask.class, name = "task"),
    @JsonSubTypes.Type(value = Change.Ended.class, name = "end"),
    @JsonSubTypes.Type(value = Change.OfGitOps.class, name = "gitops"),
    @JsonSubTypes.Type(value = Change.GitOpsEnded.class, name = "gitops-end")
})
public sealed interface Change {
    /** The deployment as a whole. */
    sealed interface OfWhole extends Change {
        Status status();

        @Nullable
        Failure failure();

        /** Whether it does nothing until a person acts (paused, or held after a failure). */
        default boolean waiting() {
            return false;
        }
    }

    /** The last event: the workflow has closed with this status. */
    sealed interface End extends Change {
        Status status();

        @Nullable
        Failure failure();
    }

    /** A release deployment. */
    record OfDeployment(
            DeploymentStatus status,
            boolean waiting,
            @Nullable Failure failure) implements OfWhole {}

    /**
     * The task of one target. {@code attempt} counts from 1, and is 0 where a target is
     * brought back, which is no attempt of its own; {@code previousDigest} is what the target ran before the
     * deployment, as far as it is known.
     */
    record OfTask(
            String target,
            TaskStatus status,
            int attempt,
            @Nullable Digest previousDigest,
            @Nullable Failure failure) implements Change {}

    /** The end of a release deployment. */
    record Ended(DeploymentStatus status, @Nullable Failure failure) implements End {}

    /** A GitOps deployment. {@code commit}: the one in the IaC repository, where this event is the first to know it. */
    record OfGitOps(
            GitOpsStatus status,
            @Nullable String commit,
            @Nullable Failure failure) implements OfWhole {}

    /** The end of a GitOps deployment. */
    record GitOpsEnded(GitOpsStatus status, @Nullable Failure failure) implements End {}
}
