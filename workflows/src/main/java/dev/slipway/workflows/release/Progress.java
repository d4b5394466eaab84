package dev.slipway.workflows.release;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.fleet.Revision;
import dev.slipway.core.message.Message;
import dev.slipway.core.release.DeploymentStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a deployment had come to when it continued as new.
 *
 * @param epoch of its fences, and {@code steps} the last step
 * @param next the first target that was not started
 * @param changed how many targets were changed
 * @param skipped targets, by index, that an operator skipped
 * @param touched what touched targets ran before
 * @param ending why it is ending, once it is
 * @param held what could not be restored
 * @param deadline of the restoration, once it has begun
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
        Held held,
        @Nullable Instant deadline) {
    static final Progress NONE =
            new Progress(DeploymentStatus.PENDING, 0, 0, 0, 0, List.of(), List.of(), false, null, Held.NONE, null);

    /**
     * Targets, by index, that ran the same before, each with the id of its own revision, or nothing where it has none.
     * {@code digest} is null where nothing ran.
     */
    public record TouchedTargets(@Nullable Digest digest, String version, Map<Integer, String> ids) {
        Optional<Revision> revision(String id) {
            return Optional.ofNullable(digest).map(ran -> new Revision(ran, version, id.isEmpty() ? null : id));
        }
    }

    /** How many targets could not be restored, a line for each of the first, and the nodes whose agents are away. */
    public record Held(int targets, List<Message> first, List<String> lostNodes) {
        static final Held NONE = new Held(0, List.of(), List.of());
        private static final int MOST_LINES = 20;

        Held and(Message line) {
            return new Held(
                    targets + 1,
                    targets < MOST_LINES
                            ? Stream.concat(first.stream(), Stream.of(line)).toList()
                            : first,
                    lostNodes);
        }

        Held losing(List<String> nodes) {
            return new Held(targets, first, nodes);
        }

        boolean isEmpty() {
            return targets == 0;
        }

        /** How many have no line; null where each has one. */
        @Nullable
        Integer more() {
            int more = targets - first.size();
            return more > 0 ? more : null;
        }
    }
}
