package dev.slipway.cli.release;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Timeout;
import dev.slipway.cli.connection.ApiClient;
import dev.slipway.cli.timeline.Deployment;
import dev.slipway.cli.timeline.Outcome.Wanted;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = "Roll back to the previous release, and follow the rollback until it ends.",
        footer = {
            "",
            "A running or held deployment is rolled back itself. For one that has ended, a new",
            "deployment starts, of the release that completed in the environment before it.",
            "",
            "Example:",
            "  slipway rollback 01k3 --reason \"error rate\""
        })
public final class RollbackCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason; recorded in the deployment's timeline.")
    private @Nullable String reason;

    @Option(names = "--no-wait", description = "Print the id of the deployment and do not wait.")
    private boolean noWait;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "Wait no longer than this, for example 90s or 10m; then exit with 3.")
    private @Nullable Duration timeout;

    public RollbackCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (noWait && timeout != null) {
            throw CommandException.usage("--timeout and --no-wait exclude each other", null);
        }
        ApiClient api = ApiClient.of(invocation);
        Deployment deployment = Deployment.of(api.send(Order.call(id, "rollback", "reason", reason)));
        // The deployment itself has reached what was wanted once it is rolled back; a new one once it has succeeded.
        Wanted wanted = deployment.id().startsWith(id) ? Wanted.ROLLED_BACK : Wanted.DEPLOYED;
        return new Started(invocation, api).report(deployment, wanted, !noWait, timeout);
    }
}
