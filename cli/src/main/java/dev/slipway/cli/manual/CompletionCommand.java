package dev.slipway.cli.manual;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "completion",
        description = "Print the shell completion script.",
        footer = {
            "",
            "Examples:",
            "  source <(slipway completion bash)",
            "  slipway completion zsh > ~/.slipway-completion && source ~/.slipway-completion"
        })
public final class CompletionCommand implements Callable<Integer> {
    private final Invocation invocation;
    private final Supplier<CommandLine> all;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    public CompletionCommand(Invocation invocation, Supplier<CommandLine> all) {
        this.invocation = invocation;
        this.all = all;
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw CommandException.usage("unsupported shell \"" + shell + "\"", "supported: bash, zsh");
        }
        // The script turns on zsh's bash compatibility by itself.
        invocation.terminal().print(AutoComplete.bash("slipway", all.get()).stripTrailing());
        return 0;
    }
}
