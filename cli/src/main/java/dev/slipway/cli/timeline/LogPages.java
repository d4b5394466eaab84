package dev.slipway.cli.timeline;

import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The log of a deployment, page by page; what has been read is not given again. */
final class LogPages {
    private final ApiClient api;
    private final String path;
    private final @Nullable String target;
    private @Nullable String cursor;

    LogPages(ApiClient api, String path, @Nullable String target) {
        this.api = api;
        this.path = path;
        this.target = target;
    }

    /** Gives every line that there is by now and was not given before. */
    void read(Consumer<JsonNode> reader) {
        boolean more = true;
        while (more) {
            JsonNode page = api.get(path + query());
            page.path("items").forEach(line -> {
                reader.accept(line);
                // The sequence of the last line is the cursor of whatever comes behind it.
                cursor = Json.text(line, "sequence");
            });
            String next = Json.textOrNull(page, "next");
            more = next != null;
            cursor = more ? next : cursor;
        }
    }

    private String query() {
        List<String> parameters = new ArrayList<>();
        if (target != null) {
            parameters.add("target=" + ApiClient.segment(target));
        }
        if (cursor != null) {
            parameters.add("cursor=" + ApiClient.segment(cursor));
        }
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }
}
