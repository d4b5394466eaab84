package dev.slipway.cli.timeline;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "history",
        description = "Print the Temporal history of a deployment: every decision and step.",
        footer = {"", "Example:", "  slipway history 01k3"})
public final class HistoryCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    public HistoryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        JsonNode history = ApiClient.of(invocation).get(DeploymentParameter.path(id) + "/history");
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(history));
            return 0;
        }
        Table table = new Table("EVENT", "AT", "TYPE", "NAME", "ATTEMPT", "DETAIL");
        history.path("items")
                .forEach(item -> table.row(
                        Json.text(item, "eventId"),
                        Times.millisecond(item, "at"),
                        Json.text(item, "type"),
                        Json.text(item, "name"),
                        Json.text(item, "attempt"),
                        Json.text(item, "detail")));
        table.printTo(terminal);
        String ui = Json.text(history, "temporalUi");
        if (!ui.isEmpty()) {
            terminal.note("in the Temporal UI: " + Untrusted.line(ui));
        }
        return 0;
    }
}
