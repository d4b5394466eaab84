package dev.slipway.cli.resource;

import dev.slipway.cli.document.Json;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Elapsed;
import dev.slipway.cli.timeline.Look;
import dev.slipway.cli.timeline.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** A kind of object that can be listed, and the columns of its table. */
// Columns are functions without state, in a list that nobody changes.
@SuppressWarnings("ImmutableEnumChecker")
enum Resource {
    ENVIRONMENTS(
            column("NAME", "name"),
            column("CONCURRENCY", "concurrency"),
            new Column("TARGETS", environment -> names(environment.path("targets")))),
    TARGETS(
            column("ENVIRONMENT", "environment"),
            column("NAME", "name"),
            column("NODE", "node"),
            column("RUNTIME", "runtime"),
            column("COMPONENT", "component"),
            column("PLACE", "place")),
    NODES(
            column("NAME", "name"),
            new Column("ONLINE", node -> Json.flag(node, "online") ? "yes" : "no"),
            column("VERSION", "version"),
            new Column("RUNTIMES", node -> names(node.path("runtimes"))),
            column("HOSTNAME", "hostname"),
            new Column("LAST SEEN", node -> Times.second(node, "lastSeenAt"))),
    RELEASES(
            new Column("RELEASE", release -> Json.text(release, "name") + "@" + Json.text(release, "version")),
            new Column("CREATED", release -> Times.second(release, "createdAt")),
            new Column("COMPONENTS", Resource::components)),
    DEPLOYMENTS(
            column("ID", "id"),
            column("RELEASE", "release"),
            column("ENVIRONMENT", "environment"),
            new Column("STATUS", d -> Look.word(Json.text(d, "status"), Json.flag(d, "waiting"))),
            new Column("CREATED", d -> Times.second(d, "createdAt")),
            new Column("TOOK", d -> Deployment.of(d).took().map(Elapsed::text).orElse("")),
            new Column("REASON", Resource::why));

    /** A heading and what stands below it. */
    record Column(String heading, Function<JsonNode, String> text) {}

    private static final int DIGEST_SHOWN = "sha256:".length() + 12;

    private final List<Column> columns;

    Resource(Column... columns) {
        this.columns = List.of(columns);
    }

    /** The resource of this name, in the singular too. */
    static Optional<Resource> named(String name) {
        String plural = (name.endsWith("s") ? name : name + "s").toUpperCase(Locale.ROOT);
        for (Resource resource : values()) {
            if (resource.name().equals(plural)) {
                return Optional.of(resource);
            }
        }
        return Optional.empty();
    }

    String plural() {
        return name().toLowerCase(Locale.ROOT);
    }

    String singular() {
        return plural().substring(0, plural().length() - 1);
    }

    List<Column> columns() {
        return columns;
    }

    private static Column column(String heading, String field) {
        return new Column(heading, object -> Json.text(object, field));
    }

    private static String names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(item -> names.add(item.isObject() ? Json.text(item, "name") : item.asString()));
        return String.join(", ", names);
    }

    private static String components(JsonNode release) {
        List<String> components = new ArrayList<>();
        release.path("components").forEach(component -> {
            String digest = Json.text(component, "digest");
            components.add(Json.text(component, "name") + "="
                    + Json.text(component, "repository")
                    + (component.has("repository") ? "@" : "")
                    + digest.substring(0, Math.min(DIGEST_SHOWN, digest.length())));
        });
        return String.join(", ", components);
    }

    private static String why(JsonNode deployment) {
        String error = Json.text(deployment, "error");
        return error.isEmpty() ? Json.text(deployment, "reason") : error;
    }
}
