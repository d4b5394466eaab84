package dev.slipway.cli.secret;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.document.Json;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = "Delete a secret. Documents that still refer to it fail from then on.",
        footer = {"", "Example:", "  slipway secret delete iac-token"})
public final class SecretDeleteCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "NAME", description = "Name of the secret.")
    private String name = "";

    public SecretDeleteCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        // Not repeatable: the second answer would say that there is none.
        Call delete = new Call("DELETE", SecretCommand.path(name), Map.of("Accept", "application/json"), null, false);
        ApiClient.of(invocation).send(delete);
        if (invocation.options().json()) {
            invocation.terminal().print(Json.pretty(Json.object().put("name", name)));
        } else {
            invocation.terminal().tell("secret " + name + " deleted");
        }
        return 0;
    }
}
