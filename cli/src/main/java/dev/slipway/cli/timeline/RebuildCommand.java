package dev.slipway.cli.timeline;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.connection.Call;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "rebuild",
        description = "Rebuild a finished deployment's status from its Temporal history.",
        footer = {"", "Example:", "  slipway rebuild 01k3"})
public final class RebuildCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    public RebuildCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Deployment deployment = Deployment.of(
                ApiClient.of(invocation).send(Call.post(DeploymentParameter.path(id) + "/rebuild", Json.object())));
        Terminal terminal = invocation.terminal();
        if (invocation.options().json()) {
            terminal.print(Json.pretty(deployment.document()));
        } else {
            terminal.tell(Untrusted.line("deployment " + deployment.id() + ": rebuilt"));
        }
        return 0;
    }
}
