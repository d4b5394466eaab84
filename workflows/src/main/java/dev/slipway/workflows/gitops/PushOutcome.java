package dev.slipway.workflows.gitops;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.deployment.DeploymentId;
import dev.slipway.core.failure.Failure;

/** What has become of a change. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = PushOutcome.Committed.class, name = "committed"),
    @JsonSubTypes.Type(value = PushOutcome.Unchanged.class, name = "unchanged"),
    @JsonSubTypes.Type(value = PushOutcome.Refused.class, name = "refused")
})
public sealed interface PushOutcome {
    DeploymentId deployment();

    /** It is on the branch of the remote as {@code commit}, now or since an earlier try. */
    record Committed(DeploymentId deployment, String commit) implements PushOutcome {}

    /** The branch holds it already, without a commit for it; {@code commit} is the head that was seen. */
    record Unchanged(DeploymentId deployment, String commit) implements PushOutcome {}

    /** It cannot be made, whatever is tried. */
    record Refused(DeploymentId deployment, Failure failure) implements PushOutcome {}
}
