package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = "Have a paused deployment go on.",
        footer = {"", "Example:", "  slipway resume 01k3 --reason \"looks good\""})
public final class ResumeCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stays in the deployment's story.")
    private @Nullable String reason;

    public ResumeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new Steering(invocation).send(Steering.repeatable(id, "resume", "reason", reason), "resume requested");
    }
}
