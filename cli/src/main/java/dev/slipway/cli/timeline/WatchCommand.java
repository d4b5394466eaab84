package dev.slipway.cli.timeline;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Timeout;
import dev.slipway.cli.connection.ApiClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "watch",
        description = "Follow a deployment until it ends; the exit code reports the result.",
        footer = {"", "Examples:", "  slipway watch 01k3", "  slipway watch 01k3 --timeout 5m --json"})
public final class WatchCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            converter = Timeout.class,
            description = "Wait no longer than this, for example 90s or 10m; then exit with 3.")
    private @Nullable Duration timeout;

    public WatchCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        String path = DeploymentParameter.path(id);
        ApiClient api = ApiClient.of(invocation);
        return new Following(invocation, api, timeout).follow(Deployment.of(api.get(path)), Outcome.Wanted.DEPLOYED);
    }
}
