package dev.slipway.acceptance.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line, talking to one stack. */
public final class Cli {
    private final Path data;

    Cli(Path data) {
        this.data = data;
    }

    public Command.Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** With variables as a CI system sets them. */
    public Command.Result runIn(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Distribution.cli().toString()));
        command.addAll(List.of(arguments));
        return Command.run(environment, "", command);
    }

    public Command.Result runWithInput(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(Distribution.cli().toString()));
        command.addAll(List.of(arguments));
        return Command.run(Map.of("SLIPWAY_DATA", data.toString()), input, command);
    }
}
