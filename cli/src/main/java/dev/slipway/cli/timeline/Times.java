package dev.slipway.cli.timeline;

import dev.slipway.cli.document.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import tools.jackson.databind.JsonNode;

/** Points in time for people: no finer than they are read. */
public final class Times {
    private Times() {}

    /** The time in a field, to the second; empty where there is none. */
    public static String second(JsonNode node, String field) {
        return cut(node, field, ChronoUnit.SECONDS);
    }

    /** As {@link #second}, to the millisecond. */
    static String millisecond(JsonNode node, String field) {
        return cut(node, field, ChronoUnit.MILLIS);
    }

    private static String cut(JsonNode node, String field, TemporalUnit unit) {
        Instant instant = Deployment.instant(node, field);
        return instant == null
                ? Json.text(node, field)
                : instant.truncatedTo(unit).toString();
    }
}
