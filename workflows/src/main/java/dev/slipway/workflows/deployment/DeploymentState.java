package dev.slipway.workflows.deployment;

import dev.slipway.core.failure.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A deployment as its workflow knows it.
 *
 * @param status by its wire name
 * @param waiting whether it does nothing until an operator acts
 * @param commit in the IaC repository, once there is one
 * @param started how many targets were started
 * @param failed targets that wait for a decision
 */
public record DeploymentState(
        String status,
        boolean waiting,
        @Nullable Failure failure,
        @Nullable String commit,
        int started,
        List<String> failed) {}
