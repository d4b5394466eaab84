package dev.slipway.cli.gitops;

import dev.slipway.cli.command.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "gitops", description = "Deploy charts from CI through an IaC repository.")
public final class GitOpsCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw CommandException.usage("gitops: missing command", "slipway gitops deploy [CHART]");
    }
}
