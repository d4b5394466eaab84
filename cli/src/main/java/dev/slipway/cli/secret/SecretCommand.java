package dev.slipway.cli.secret;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.Invocation;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Names;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "secret",
        description = "Store passwords, tokens and keys that Slipway uses. They are never shown again.",
        footer = {
            "",
            "Examples:",
            "  slipway secret set iac-token",
            "  slipway secret list",
            "  slipway secret delete iac-token"
        })
public final class SecretCommand implements Callable<Integer> {
    private SecretCommand() {}

    /** With the commands below it. */
    public static CommandLine commandLine(Invocation invocation) {
        return new CommandLine(new SecretCommand())
                .addSubcommand("set", new SecretSetCommand(invocation))
                .addSubcommand("list", new SecretListCommand(invocation))
                .addSubcommand("delete", new SecretDeleteCommand(invocation));
    }

    @Override
    public Integer call() {
        throw CommandException.usage("secret needs a command", "slipway secret set NAME, list, or delete NAME");
    }

    /** Where the API has the secret; fails where {@code name} is none. */
    static String path(String name) {
        try {
            return "/api/secrets/" + Names.requireName("NAME", name);
        } catch (InvalidInputException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()), null);
        }
    }
}
