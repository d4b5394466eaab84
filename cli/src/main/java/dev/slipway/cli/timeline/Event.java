package dev.slipway.cli.timeline;

import dev.slipway.cli.document.Json;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One event of a deployment's story. {@code target} is set where it is about one target's task. */
record Event(
        long sequence,
        @Nullable Instant at,
        String type,
        String status,
        boolean waiting,
        @Nullable String target,
        int attempt,
        @Nullable String error,
        String reason) {
    static Event of(JsonNode data) {
        String target = Json.textOrNull(data, "target");
        return new Event(
                Json.number(data, "sequence", 0),
                Deployment.instant(data, "at"),
                Json.text(data, "type"),
                Json.text(data, "status"),
                // Events of tasks tell whether their deployment waits.
                target == null && Json.flag(data, "waiting"),
                target,
                (int) Json.number(data, "attempt", 0),
                Json.textOrNull(data, "error"),
                Json.text(data, "reason"));
    }

    boolean isEnd() {
        return type.equals("end");
    }

    /** The error where there is one, else the reason. */
    String said() {
        return error == null ? reason : error;
    }
}
