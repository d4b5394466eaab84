package dev.slipway.workflows.gitops;

import dev.slipway.core.failure.Failure;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.gitops.GitOpsMessage;
import dev.slipway.core.message.Message;
import dev.slipway.workflows.gitops.IacRepositoryWorkflow.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a change is not made, or is not known to be. */
final class PushRefusals {
    private PushRefusals() {}

    // Without it, a push that forgot a change would block the queue for good.
    static List<PushOutcome> unanswered(List<Change> batch) {
        Failure failure = new Failure(
                FailureType.INTERNAL,
                GitOpsMessage.PUSH_UNANSWERED.with(
                        "repository", batch.getFirst().repository().name()));
        return batch.stream()
                .<PushOutcome>map(
                        change -> new PushOutcome.Refused(change.change().deployment(), failure))
                .toList();
    }

    /** A later change of the same folder was made meanwhile, at what has to be another address of the repository. */
    static PushResult overtaken(Change late, Change by) {
        return refused(
                late,
                new Failure(
                        FailureType.GIT_UNAVAILABLE,
                        GitOpsMessage.PUSH_OVERTAKEN.with(
                                "remote", late.repository().remote(),
                                "by", by.change().deployment(),
                                "other", by.repository().remote())));
    }

    /** {@code seen}: why the last try failed. */
    static PushResult unknown(Change change, @Nullable Failure seen) {
        GitOpsMessage code = seen == null ? GitOpsMessage.PUSH_UNKNOWN : GitOpsMessage.PUSH_UNKNOWN_AFTER;
        Message about = code.with(
                "repository", change.repository().name(),
                "trailer", change.change().trailer(),
                "deployment", change.change().deployment());
        return refused(
                change,
                seen == null
                        ? new Failure(FailureType.GIT_UNAVAILABLE, about)
                        : new Failure(seen.type(), about.and(seen.detail())));
    }

    private static PushResult refused(Change change, Failure why) {
        return new PushResult(
                change.push(), new PushOutcome.Refused(change.change().deployment(), why), null);
    }
}
