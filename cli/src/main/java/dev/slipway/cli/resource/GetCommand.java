package dev.slipway.cli.resource;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.CurrentProject;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.document.Yaml;
import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Table.Cell;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Look;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "get",
        description = "List resources of a kind, or show one.",
        footer = {
            "",
            "Examples:",
            "  slipway get environments",
            "  slipway get releases web@v1 -o yaml",
            "  slipway get deployments --environment staging --limit 5",
            "  slipway get deployments 01k3 -o json",
            "  slipway get environments shop/production",
            "  slipway get projects"
        })
public final class GetCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "projects, environments, targets, nodes, releases, deployments,"
                    + " iac-repositories, clusters, git-providers or webhooks.")
    private String kind = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "NAME",
            description =
                    "Only this one. Environments: NAME or PROJECT/NAME. Releases: NAME or NAME@VERSION. Deployments: id, or its beginning.")
    private @Nullable String name;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "table, json or yaml (default: table).")
    private @Nullable OutputFormat format;

    @Option(
            names = "--environment",
            paramLabel = "NAME",
            description = "Targets, deployments: only of this environment.")
    private @Nullable String environment;

    @Option(names = "--status", paramLabel = "STATUS", description = "Deployments: only with this status.")
    private @Nullable String status;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Deployments: the latest N (default: ${DEFAULT-VALUE}).")
    private int limit = 100;

    public GetCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Resource resource = Resource.named(kind)
                .orElseThrow(() -> CommandException.usage(
                        "\"" + kind + "\" is not a kind of resource", "expected one of " + Resource.names()));
        if (limit < 1) {
            throw CommandException.usage("--limit must be 1 or more", null);
        }
        OutputFormat output = output();
        Listing listing =
                new Listing(ApiClient.of(invocation), resource, CurrentProject.of(invocation), filters(resource));
        Listing.Objects objects = name == null
                ? listing.first(resource == Resource.DEPLOYMENTS ? limit : Integer.MAX_VALUE)
                : listing.named(name);
        switch (output) {
            case TABLE -> printTable(resource, objects);
            case JSON -> invocation.terminal().print(Json.pretty(document(objects)));
            case YAML -> invocation.terminal().print(Yaml.print(document(objects)));
        }
        return 0;
    }

    private OutputFormat output() {
        boolean json = invocation.options().json();
        if (json && format != null && format != OutputFormat.JSON) {
            throw CommandException.usage("--json and --output exclude each other", null);
        }
        return json ? OutputFormat.JSON : format == null ? OutputFormat.TABLE : format;
    }

    private Map<String, String> filters(Resource resource) {
        Map<String, String> filters = new LinkedHashMap<>();
        boolean ofEnvironment = resource == Resource.TARGETS || resource == Resource.DEPLOYMENTS;
        if (environment != null) {
            if (!ofEnvironment) {
                throw CommandException.usage("--environment applies to targets and deployments only", null);
            }
            filters.put("environment", CurrentProject.of(invocation).qualified(environment));
        }
        if (status != null) {
            if (resource != Resource.DEPLOYMENTS) {
                throw CommandException.usage("--status applies to deployments only", null);
            }
            filters.put("status", status);
        }
        return filters;
    }

    /** The object itself where one was asked for by its name, else a list. */
    private JsonNode document(Listing.Objects objects) {
        if (name != null && objects.items().size() == 1) {
            return objects.items().getFirst();
        }
        ObjectNode document = Json.object();
        ArrayNode items = document.putArray("items");
        objects.items().forEach(items::add);
        return document;
    }

    private void printTable(Resource resource, Listing.Objects objects) {
        Terminal terminal = invocation.terminal();
        if (objects.items().isEmpty()) {
            terminal.note("no " + resource.plural());
            return;
        }
        List<Resource.Column> columns = resource.columns();
        Table table = new Table(columns.stream().map(Resource.Column::heading).toArray(String[]::new));
        for (JsonNode object : objects.items()) {
            table.row(columns.stream().map(column -> cell(column, object)).toArray(Cell[]::new));
        }
        table.printTo(terminal);
        if (resource == Resource.DEPLOYMENTS && name != null) {
            terminal.print("");
            printParts(objects.items().getFirst());
        }
        if (objects.more()) {
            terminal.note("more exist; raise --limit to list them");
        }
    }

    private Cell cell(Resource.Column column, JsonNode object) {
        String text = column.text().apply(object);
        return switch (column.heading()) {
            case "STATUS" -> statusCell(object);
            case "ONLINE" -> new Cell(text, text.equals("yes") ? Colour.GOOD : Colour.BAD);
            default -> new Cell(text, Colour.NONE);
        };
    }

    private Cell statusCell(JsonNode object) {
        String word = Json.text(object, "status");
        boolean waiting = Json.flag(object, "waiting");
        Look look = Look.of(word, waiting, invocation.terminal());
        String symbol = invocation.terminal().isScreen() ? look.symbol() + " " : "";
        return new Cell(symbol + Look.word(word, waiting), look.colour());
    }

    private void printParts(JsonNode deployment) {
        if (Deployment.of(deployment).chart() == null) {
            printTasks(deployment);
            return;
        }
        Table table = new Table("BRANCH", "COMMIT", "IAC REPOSITORY", "PATH", "IAC COMMIT", "RECONCILER");
        table.row(Stream.of("branch", "commit", "iacRepository", "path", "iacCommit", "reconciler")
                .map(field -> plain(deployment, field))
                .toArray(Cell[]::new));
        table.printTo(invocation.terminal());
    }

    private void printTasks(JsonNode deployment) {
        Table table = new Table("TARGET", "NODE", "COMPONENT", "STATUS", "ATTEMPT", "DIGEST", "BEFORE", "ERROR");
        deployment
                .path("tasks")
                .forEach(task -> table.row(
                        plain(task, "target"),
                        plain(task, "node"),
                        plain(task, "component"),
                        statusCell(task),
                        plain(task, "attempt"),
                        plain(task, "digest"),
                        plain(task, "previousDigest"),
                        new Cell(Json.text(task, "error"), Colour.BAD)));
        table.printTo(invocation.terminal());
    }

    private static Cell plain(JsonNode task, String field) {
        String text = Json.text(task, field);
        return new Cell(
                text.startsWith("sha256:") ? text.substring(0, Math.min(19, text.length())) : text, Colour.NONE);
    }
}
