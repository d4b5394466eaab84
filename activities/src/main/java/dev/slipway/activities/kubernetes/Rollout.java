package dev.slipway.activities.kubernetes;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far workloads have come.
 *
 * @param missing a sentence for each that is not ready
 * @param troubles why some of them will not become ready
 * @param again when a trouble may be seen that is none yet
 */
record Rollout(
        List<String> missing,
        List<Trouble> troubles,
        @Nullable Instant again) {
    private static final int SHOWN = 3;

    boolean isComplete() {
        return missing.isEmpty();
    }

    Optional<Trouble> trouble() {
        return troubles.stream().findFirst();
    }

    String summary() {
        String shown = missing.stream().limit(SHOWN).collect(Collectors.joining("; "));
        return missing.size() > SHOWN ? shown + "; and " + (missing.size() - SHOWN) + " more" : shown;
    }
}
