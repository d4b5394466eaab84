package dev.slipway.workflows.gitops;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.deployment.DeploymentId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One commit that is wanted. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ChartChange.Replace.class, name = "replace"),
    @JsonSubTypes.Type(value = ChartChange.Revert.class, name = "revert")
})
public sealed interface ChartChange {
    /** Whose commit it is; a deployment has at most one change of each type. */
    DeploymentId deployment();

    /** The trailer of the commit message that names the deployment, without its prefix. */
    String trailer();

    /** Names the change: a deployment has at most one of each type. */
    default String push() {
        return trailer() + " " + deployment();
    }

    /**
     * The folder {@code path} holds the chart and nothing else.
     *
     * @param chart the archive
     * @param version becomes {@code version} and {@code appVersion} in {@code Chart.yaml}
     * @param values become values of {@code values.yaml}, by path with dots; nothing is left to substitute in them
     * @param trailers of the commit message beside {@code Slipway-Deployment}, in their order
     */
    record Replace(
            DeploymentId deployment,
            String path,
            Digest chart,
            String version,
            Map<String, String> values,
            String subject,
            Map<String, String> trailers)
            implements ChartChange {
        @Override
        public String trailer() {
            return "Deployment";
        }
    }

    /**
     * The folder {@code path} holds what it held before {@code commit}. Nothing is done where something else was pushed
     * to the folder since. Found again by the trailer {@code Slipway-Reverts}.
     */
    record Revert(
            DeploymentId deployment,
            String path,
            String commit,
            @Nullable String reason) implements ChartChange {
        @Override
        public String trailer() {
            return "Reverts";
        }
    }
}
