package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.deployment.Stop;

/** Why a deployment goes no further. */
sealed interface GitOpsEnding {
    record Deployed(Message message) implements GitOpsEnding {}

    record Failed(Failure failure) implements GitOpsEnding {}

    record Stopped(Stop stop) implements GitOpsEnding {}
}
