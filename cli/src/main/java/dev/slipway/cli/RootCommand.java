package dev.slipway.cli;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.GlobalOptions;
import dev.slipway.cli.command.Invocation;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "slipway",
        description = "Deploy releases to machines, durably: every deployment is a workflow that survives any crash.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Quick start:",
            "  slipway up --detach",
            "  slipway apply -f staging.yaml",
            "  slipway release create web v1 --component web=./web.tar.gz",
            "  slipway deploy web@v1 --to staging",
            "",
            "Exit codes of deploy, gitops deploy, watch and rollback: 0 succeeded, 5 failed, 6 rolled back,",
            "7 awaiting approval, 8 canceled, 3 timed out; of every command: 1 error, 2 usage, 4 not authorised, 130 Ctrl-C.",
            "",
            "More about a command: slipway help COMMAND. About a setting: slipway explain SETTING."
        })
final class RootCommand implements Callable<Integer> {
    @Mixin
    GlobalOptions options;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;

    RootCommand(Invocation invocation) {
        options = invocation.options();
    }

    @Override
    public Integer call() {
        throw CommandException.usage("missing command", "to see them: slipway help");
    }
}
