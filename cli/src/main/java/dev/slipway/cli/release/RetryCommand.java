package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retry",
        description = "Have a failed target of a held deployment tried again.",
        footer = {"", "Example:", "  slipway retry 01k3 --target web-2"})
public final class RetryCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(names = "--target", paramLabel = "TARGET", required = true, description = "The target that failed.")
    private String target = "";

    public RetryCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new Steering(invocation)
                .send(Steering.once(id, "retry", "target", target), "tries " + target + " again");
    }
}
