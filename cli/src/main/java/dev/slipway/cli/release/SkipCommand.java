package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "skip",
        description = "Have a held deployment go on without a target that failed.",
        footer = {"", "Example:", "  slipway skip 01k3 --target web-2"})
public final class SkipCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(names = "--target", paramLabel = "TARGET", required = true, description = "The target that failed.")
    private String target = "";

    public SkipCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new Steering(invocation).send(Steering.once(id, "skip", "target", target), "goes on without " + target);
    }
}
