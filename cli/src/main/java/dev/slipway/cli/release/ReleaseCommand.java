package dev.slipway.cli.release;

import dev.slipway.cli.command.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "release", description = "Create releases.")
public final class ReleaseCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw CommandException.usage(
                "release: missing command", "slipway release create NAME VERSION --component NAME=PATH");
    }
}
