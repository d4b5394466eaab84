package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pause",
        description = "Pause a deployment: no further target is begun until it is resumed.",
        footer = {"", "Example:", "  slipway pause 01k3 --reason \"looking at web-1\""})
public final class PauseCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stays in the deployment's story.")
    private @Nullable String reason;

    public PauseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new Steering(invocation).send(Steering.repeatable(id, "pause", "reason", reason), "pause requested");
    }
}
