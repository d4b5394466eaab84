package dev.slipway.cli;

import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.command.Surroundings;
import dev.slipway.cli.terminal.Streams;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import picocli.CommandLine;

/** The program {@code slipway}. */
public final class SlipwayCli {
    private SlipwayCli() {}

    public static void main(String[] arguments) {
        System.exit(run(Surroundings.ofThisProcess(), Streams.ofThisProcess(), arguments));
    }

    /** Runs one command line and returns its exit code. */
    public static int run(Surroundings surroundings, Streams streams, String... arguments) {
        return run(
                "slipway", invocation -> Commands.commandLine(invocation, arguments), surroundings, streams, arguments);
    }

    static int run(
            String program,
            Function<Invocation, CommandLine> commands,
            Surroundings surroundings,
            Streams streams,
            String... arguments) {
        // The most frequent question of scripts is answered before anything is loaded.
        if (arguments.length == 1 && (arguments[0].equals("--version") || arguments[0].equals("-V"))) {
            streams.out().println(version(program));
            return 0;
        }
        // A POST that was lost is sent again only by us, who know whether that is safe.
        System.setProperty("sun.net.http.retryPost", "false");
        return commands.apply(new Invocation(surroundings, streams)).execute(arguments);
    }

    static String version() {
        return version("slipway");
    }

    private static String version(String program) {
        try (InputStream in = SlipwayCli.class.getResourceAsStream("version.txt")) {
            return program
                    + " "
                    + (in == null ? "unknown" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
