package dev.slipway.cli.secret;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Table;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.timeline.Times;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "list",
        description = "List the names of all secrets, and when they were stored. Values are never shown.",
        footer = {"", "Examples:", "  slipway secret list", "  slipway secret list --json"})
public final class SecretListCommand implements Callable<Integer> {
    private final Invocation invocation;

    public SecretListCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        JsonNode items = ApiClient.of(invocation).get("/api/secrets").path("items");
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            ObjectNode document = Json.object();
            document.set("items", items);
            terminal.print(Json.pretty(document));
        } else if (items.isEmpty()) {
            terminal.note("no secrets");
        } else {
            Table table = new Table("NAME", "CREATED", "CHANGED");
            items.forEach(secret -> table.row(
                    Json.text(secret, "name"), Times.second(secret, "createdAt"), Times.second(secret, "changedAt")));
            table.printTo(terminal);
        }
        return 0;
    }
}
