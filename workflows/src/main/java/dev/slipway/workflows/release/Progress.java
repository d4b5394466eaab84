package dev.slipway.workflows.release;

import dev.slipway.core.fleet.Revision;
import dev.slipway.core.release.DeploymentStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment had come to when it continued as new: its status, the epoch and last step of its fences, the first
 * target that was not begun, how many were changed, which a person skipped, what touched targets ran before, and, once it goes back, why and what could not be restored.
 */
public record Progress(
        DeploymentStatus status,
        long epoch,
        int steps,
        int next,
        int changed,
        List<Integer> skipped,
        List<TouchedTargets> touched,
        @Nullable Ending ending,
        List<String> held) {
    static final Progress NONE =
            new Progress(DeploymentStatus.PENDING, 0, 0, 0, 0, List.of(), List.of(), null, List.of());

    /** Targets, by index, that ran the same before; {@code previous} is null where nothing ran. */
    public record TouchedTargets(@Nullable Revision previous, List<Integer> targets) {}
}
