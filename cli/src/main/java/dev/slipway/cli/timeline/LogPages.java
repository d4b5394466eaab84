package dev.slipway.cli.timeline;

import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The log of a deployment, page by page; what has been read is not given again. */
final class LogPages {
    private final ApiClient api;
    private final String path;
    private final @Nullable String target;
    private @Nullable String cursor;
    // The last page grows while it is read again, so its lines are remembered.
    private Set<JsonNode> ofLastPage = new HashSet<>();

    LogPages(ApiClient api, String path, @Nullable String target) {
        this.api = api;
        this.path = path;
        this.target = target;
    }

    /** Every line that there is by now and was not given before. */
    List<JsonNode> next() {
        List<JsonNode> lines = new ArrayList<>();
        while (true) {
            JsonNode page = api.get(path + query());
            Set<JsonNode> ofThisPage = new HashSet<>();
            page.path("items").forEach(line -> {
                ofThisPage.add(line);
                if (!ofLastPage.contains(line)) {
                    lines.add(line);
                }
            });
            String next = Json.textOrNull(page, "next");
            if (next == null || next.equals(cursor)) {
                ofLastPage = ofThisPage;
                return lines;
            }
            ofLastPage = new HashSet<>();
            cursor = next;
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
