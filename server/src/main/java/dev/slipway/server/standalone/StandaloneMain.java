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
        CommandLine line = new CommandLine(new StandaloneMain());
        line.setExecutionExceptionHandler((e, _, _) -> {
            System.err.println("slipway: " + e.getMessage());
            return 1;
        });
        System.exit(line.execute(args));
    }
}
