package dev.slipway.cli.resource;

import dev.slipway.cli.document.Json;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Elapsed;
import dev.slipway.cli.timeline.Look;
import dev.slipway.cli.timeline.Times;
import dev.slipway.core.fleet.EnvironmentId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** A kind of object that can be listed, and the columns of its table. */
// Columns are functions without state, in a list that nobody changes.
@SuppressWarnings("ImmutableEnumChecker")
enum Resource {
    PROJECTS(column("NAME", "name"), column("REPOSITORY", "repository"), column("PROVIDER", "provider")),
    ENVIRONMENTS(
            column("PROJECT", "project"),
            column("NAME", "name"),
            column("CONCURRENCY", "concurrency"),
            new Column("TARGETS", Resource::ground)),
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
            new Column("RELEASE", Resource::reference),
            new Column("CREATED", release -> Times.second(release, "createdAt")),
            new Column("COMPONENTS", Resource::components)),
    DEPLOYMENTS(
            column("ID", "id"),
            new Column("RELEASE", d -> Deployment.of(d).subject()),
            column("ENVIRONMENT", "environment"),
            new Column("STATUS", d -> Look.word(Json.text(d, "status"), Json.flag(d, "waiting"))),
            new Column("CREATED", d -> Times.second(d, "createdAt")),
            new Column("TOOK", d -> Deployment.of(d).took().map(Elapsed::text).orElse("")),
            new Column("REASON", Resource::why)),
    IAC_REPOSITORIES(
            column("NAME", "name"),
            column("URL", "url"),
            column("BRANCH", "branch"),
            column("CREDENTIAL", "credential")),
    CLUSTERS(
            column("NAME", "name"),
            new Column(
                    "KUBECONFIG",
                    cluster -> Json.textOrNull(cluster, "kubeconfig") == null
                            ? "in-cluster"
                            : Json.text(cluster, "kubeconfig"))),
    GIT_PROVIDERS(column("NAME", "name"), column("TYPE", "type"), column("URL", "url"), column("ISSUER", "issuer")),
    WEBHOOKS(
            column("NAME", "name"),
            column("TYPE", "type"),
            column("CLUSTER", "cluster"),
            column("IAC REPOSITORY", "iacRepository"),
            column("SECRET", "secret"));

    /** A heading and what stands below it. */
    record Column(String heading, Function<JsonNode, String> text) {}

    private static final int DIGEST_SHOWN = "sha256:".length() + 12;

    private final List<Column> columns;

    Resource(Column... columns) {
        this.columns = List.of(columns);
    }

    /** The resource of this name, in the singular too. */
    static Optional<Resource> named(String name) {
        String asked = name.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(resource -> asked.equals(resource.plural()) || asked.equals(resource.singular()))
                .findFirst();
    }

    /** Every name, for a sentence. */
    static String names() {
        return Arrays.stream(values()).map(Resource::plural).collect(Collectors.joining(", "));
    }

    String plural() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String singular() {
        return plural().replaceFirst("ies$", "ys").replaceFirst("s$", "");
    }

    /** Whether each belongs to a project. Deployments do, and are listed of all. */
    boolean inProject() {
        return this == ENVIRONMENTS || this == RELEASES;
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

    private static String reference(JsonNode release) {
        return EnvironmentId.plain(Json.text(release, "project") + "/" + Json.text(release, "name")) + "@"
                + Json.text(release, "version");
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

    /** The targets, or where charts of which branch go. */
    private static String ground(JsonNode environment) {
        JsonNode gitops = environment.path("gitops");
        return gitops.isObject()
                ? "%s to %s of %s (%s)"
                        .formatted(
                                Json.text(gitops, "branch"),
                                Json.text(gitops, "path"),
                                Json.text(gitops, "iacRepository"),
                                Json.text(gitops, "reconciler"))
                : names(environment.path("targets"));
    }

    private static String why(JsonNode deployment) {
        String error = Json.text(deployment, "error");
        return error.isEmpty() ? Json.text(deployment, "reason") : error;
    }
}
