package dev.slipway.workflows.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.release.DeploymentStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment had come to when it continued as new: its status, the epoch and last step of its fences, the first
 * target that was not begun, how many were changed, which a person skipped, what touched targets ran before, whether it is
 * paused, and, once it goes back, why and what could not be restored.
 */
public record Progress(
        DeploymentStatus status,
        long epoch,
        int steps,
        int next,
        int changed,
        List<Integer> skipped,
        List<TouchedTargets> touched,
        boolean paused,
        @Nullable Ending ending,
        Held held) {
    static final Progress NONE =
            new Progress(DeploymentStatus.PENDING, 0, 0, 0, 0, List.of(), List.of(), false, null, Held.NONE);

    /**
     * Targets, by index, that ran the same before, each with the id of its own revision, or nothing where it has none.
     * {@code digest} is null where nothing ran.
     */
    public record TouchedTargets(@Nullable Digest digest, String version, Map<Integer, String> ids) {
        Optional<Revision> revision(String id) {
            return Optional.ofNullable(digest).map(ran -> new Revision(ran, version, id.isEmpty() ? null : id));
        }
    }

    /** How many targets could not be brought back, and a line for each of the first. */
    public record Held(int targets, List<String> lines) {
        static final Held NONE = new Held(0, List.of());
        private static final int MOST_LINES = 20;

        Held and(String line) {
            return new Held(
                    targets + 1,
                    targets < MOST_LINES
                            ? Stream.concat(lines.stream(), Stream.of(line)).toList()
                            : lines);
        }

        boolean isEmpty() {
            return targets == 0;
        }

        String listed() {
            int more = targets - lines.size();
            return String.join("; ", lines) + (more > 0 ? "; and " + more + " more" : "");
        }
    }
}
