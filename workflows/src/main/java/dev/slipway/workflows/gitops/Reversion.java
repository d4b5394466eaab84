package dev.slipway.workflows.gitops;

import dev.slipway.core.deployment.Actor;
import dev.slipway.core.failure.Failure;
import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.core.gitops.GitOpsStatus;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.deployment.DeploymentStory;
import dev.slipway.workflows.gitops.GitOpsInput.Monitoring;
import org.jspecify.annotations.Nullable;

/** Commits again what was in the IaC repository before the commit of a deployment. */
final class Reversion {
    private final GitOpsInput input;
    private final DeploymentStory<GitOpsStatus> story;
    private final IacPush push;

    Reversion(GitOpsInput input, DeploymentStory<GitOpsStatus> story, IacPush push) {
        this.input = input;
        this.story = story;
        this.push = push;
    }

    /** What has come of it; {@code status} is that of a deployment that was rolled back so. */
    record Reverted(GitOpsStatus status, @Nullable Failure failure, Message message) {
        private static Reverted not(Message why) {
            return new Reverted(GitOpsStatus.CANCELED, null, why);
        }
    }

    Reverted of(Monitoring made, String reason, Actor by) {
        if (!made.ours()) {
            return Reverted.not(GitOpsMessage.COMMIT_OF_ANOTHER.with("commit", made.commit()));
        }
        story.report(false, GitOpsMessage.COMMIT_REVERTING.with("commit", made.commit()), by);
        PushResult result = push.push(
                new ChartChange.Revert(input.deployment(), input.plan().ground().path(), made.commit(), reason));
        return switch (result.outcome()) {
            case PushOutcome.Committed committed ->
                new Reverted(
                        GitOpsStatus.ROLLED_BACK,
                        null,
                        GitOpsMessage.COMMIT_REVERTED.with("commit", committed.commit()));
            case PushOutcome.Unchanged _ -> Reverted.not(GitOpsMessage.NOTHING_TO_REVERT.with());
            case PushOutcome.Refused refused -> {
                Message why = GitOpsMessage.REVERT_FAILED
                        .with("commit", made.commit())
                        .and(refused.failure().detail());
                yield new Reverted(
                        GitOpsStatus.FAILED, new Failure(refused.failure().type(), why), why);
            }
            case null ->
                Reverted.not(
                        GitOpsMessage.COMMIT_STANDS.with("commit", made.commit(), "deployment", input.deployment()));
        };
    }
}
