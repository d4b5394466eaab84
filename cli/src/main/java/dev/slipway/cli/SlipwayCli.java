package dev.slipway.cli;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Surroundings;
import dev.slipway.cli.terminal.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** The program {@code slipway}. */
public final class SlipwayCli {
    private SlipwayCli() {}

    public static void main(String[] arguments) {
        System.exit(run(Surroundings.ofThisProcess(), Streams.ofThisProcess(), arguments));
    }

    /** Runs one command line and returns its exit code. */
    public static int run(Surroundings surroundings, Streams streams, String... arguments) {
        // The most frequent question of scripts is answered before anything is loaded.
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            streams.out().println(version());
            return 0;
        }
        // A POST that was lost is sent again only by us, who know whether that is safe.
        System.setProperty("sun.net.http.retryPost", "false");
        Invocation invocation = new Invocation(surroundings, streams);
        CommandLine commandLine = Commands.commandLine(invocation, arguments);
        return commandLine.execute(arguments);
    }

    static String version() {
        try (InputStream in = SlipwayCli.class.getResourceAsStream("version.txt")) {
            return "slipway "
                    + (in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
