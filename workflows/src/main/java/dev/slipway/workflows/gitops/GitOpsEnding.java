package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;

/** How a deployment is to end. */
sealed interface GitOpsEnding {
    String reason();

    record Deployed(String reason) implements GitOpsEnding {}

    record Failed(Failure failure) implements GitOpsEnding {
        @Override
        public String reason() {
            return failure.message();
        }
    }

    record Canceled(String reason, Commit commit) implements GitOpsEnding {}

    /** What becomes of the commit of a deployment that is canceled behind it. */
    enum Commit {
        STANDS,
        /** What was there before is committed again. */
        REVERTED,
        /** Another deployment has committed something else on top. */
        REPLACED
    }
}
