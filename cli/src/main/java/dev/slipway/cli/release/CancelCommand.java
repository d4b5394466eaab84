package dev.slipway.cli.release;

import dev.slipway.cli.command.Invocation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cancel",
        description = "Cancel a deployment: running steps stop, touched targets go back to what they ran.",
        footer = {
            "",
            "A chart that is pushed already stays in the IaC repository, unless --revert takes it back.",
            "",
            "Examples:",
            "  slipway cancel 01k3 --reason \"wrong version\"",
            "  slipway cancel 01k3 --revert"
        })
public final class CancelCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Parameters(paramLabel = "ID", description = "Deployment id, or its beginning.")
    private String id = "";

    @Option(names = "--reason", paramLabel = "TEXT", description = "Why; it stays in the deployment's story.")
    private @Nullable String reason;

    @Option(
            names = "--revert",
            description = "GitOps: commit again what was deployed before, if the chart is pushed already.")
    private boolean revert;

    public CancelCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return new Steering(invocation)
                .send(
                        revert
                                ? Steering.cancelAndRevert(id, reason)
                                : Steering.repeatable(id, "cancel", "reason", reason),
                        "cancel requested");
    }
}
