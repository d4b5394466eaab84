package dev.slipway.server.standalone;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The standalone stack's own program: {@code up} and {@code demo}. */
@Command(
        name = "slipway",
        subcommands = {UpCommand.class, DemoCommand.class},
        description = "The standalone stack.")
public final class StandaloneMain {
    private StandaloneMain() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new StandaloneMain())
                .setParameterExceptionHandler(Failures::misused)
                .setExecutionExceptionHandler(Failures::failed)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    }
}
