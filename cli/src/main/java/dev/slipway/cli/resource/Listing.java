package dev.slipway.cli.resource;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.CurrentProject;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Untrusted;
import dev.slipway.cli.timeline.DeploymentParameter;
import dev.slipway.core.fleet.EnvironmentId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads objects of one kind from the API, over as many pages as they take. */
final class Listing {
    /** {@code more}: there are others behind {@code limit}. */
    record Objects(List<JsonNode> items, boolean more) {}

    private static final int LARGEST_PAGE = 200;

    private final ApiClient api;
    private final Resource resource;
    private final CurrentProject project;
    private final Map<String, String> filters;

    Listing(ApiClient api, Resource resource, CurrentProject project, Map<String, String> filters) {
        this.api = api;
        this.resource = resource;
        this.project = project;
        this.filters = filters;
    }

    /** The first {@code limit} objects. */
    Objects first(int limit) {
        String owner = resource.inProject() ? project.name() : EnvironmentId.DEFAULT_PROJECT;
        return read(CurrentProject.route(owner, resource.plural()), limit);
    }

    /** The objects with this name: one, but for a release without a version, or a target of many environments. */
    Objects named(String name) {
        return switch (resource) {
            case TARGETS, IAC_REPOSITORIES, CLUSTERS, GIT_PROVIDERS, WEBHOOKS -> picked(name);
            case RELEASES -> release(project.qualified(name));
            case DEPLOYMENTS -> one(DeploymentParameter.path(name));
            case ENVIRONMENTS -> one(owned(project.qualified(name)));
            case PROJECTS, NODES -> one("/api/" + resource.plural() + "/" + ApiClient.segment(name));
        };
    }

    private Objects release(String reference) {
        int at = reference.indexOf('@');
        return at < 0
                ? read(owned(reference), Integer.MAX_VALUE)
                : one(owned(reference.substring(0, at)) + "/" + ApiClient.segment(reference.substring(at + 1)));
    }

    /** The route of {@code NAME} or {@code PROJECT/NAME}. */
    private String owned(String id) {
        return CurrentProject.route(EnvironmentId.projectOf(id), resource.plural()) + "/"
                + ApiClient.segment(id.substring(id.indexOf('/') + 1));
    }

    private Objects one(String path) {
        return new Objects(List.of(api.get(path)), false);
    }

    // The API has no address for one of these: a target's name is unique in its environment only.
    private Objects picked(String name) {
        List<JsonNode> named = first(Integer.MAX_VALUE).items().stream()
                .filter(object -> Json.text(object, "name").equals(name))
                .toList();
        if (named.isEmpty()) {
            throw CommandException.failed(
                    "there is no " + resource.singular() + " \"" + Untrusted.line(name) + "\"",
                    "list them: slipway get " + resource.plural());
        }
        return new Objects(named, false);
    }

    private Objects read(String path, int limit) {
        List<JsonNode> items = new ArrayList<>();
        String cursor = null;
        do {
            JsonNode page = api.get(path + query(cursor, limit - items.size()));
            if (!page.has("items")) {
                return new Objects(List.of(page), false);
            }
            page.path("items").forEach(items::add);
            cursor = Json.textOrNull(page, "next");
        } while (cursor != null && items.size() < limit);
        boolean more = cursor != null || items.size() > limit;
        return new Objects(items.subList(0, Math.min(items.size(), limit)), more);
    }

    private String query(@Nullable String cursor, int wanted) {
        Map<String, String> parameters = new LinkedHashMap<>(filters);
        if (resource == Resource.DEPLOYMENTS) {
            parameters.put("limit", String.valueOf(Math.min(wanted, LARGEST_PAGE)));
        }
        if (cursor != null) {
            parameters.put("cursor", cursor);
        }
        List<String> parts = new ArrayList<>();
        parameters.forEach((name, value) -> parts.add(name + "=" + ApiClient.segment(value)));
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}
