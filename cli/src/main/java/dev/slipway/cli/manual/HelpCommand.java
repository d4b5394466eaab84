package dev.slipway.cli.manual;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.terminal.Untrusted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "help",
        description = "List the commands, or explain one with examples.",
        footer = {"", "Examples:", "  slipway help deploy", "  slipway help release create"})
public final class HelpCommand implements Callable<Integer> {
    private final Invocation invocation;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command.")
    private List<String> words = new ArrayList<>();

    public HelpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        CommandLine about = spec.root().commandLine();
        for (String word : words) {
            CommandLine next = about.getSubcommands().get(word);
            if (next == null) {
                throw CommandException.usage(
                        "unknown command \"" + Untrusted.line(word) + "\"", "list them: slipway help");
            }
            about = next;
        }
        invocation.terminal().print(about.getUsageMessage().stripTrailing());
        return 0;
    }
}
