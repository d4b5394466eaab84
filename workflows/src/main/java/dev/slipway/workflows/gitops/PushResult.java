package dev.slipway.workflows.gitops;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a change that was queued.
 *
 * @param push which change: {@link ChartChange#push()}
 * @param outcome null where the change was withdrawn, and not made
 * @param since the commit is not older than this
 */
public record PushResult(
        String push,
        @Nullable PushOutcome outcome,
        @Nullable Instant since) {
    static PushResult withdrawn(String push) {
        return new PushResult(push, null, null);
    }
}
