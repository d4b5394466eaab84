package dev.slipway.server.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Those options of every command of the command line that are about a stack of one's own too. */
final class CommonOptions {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(names = "--data", paramLabel = "DIR", description = "The data directory of the stack.")
    @Nullable
    Path data;

    @Option(
            names = {"-q", "--quiet"},
            description = "Print results and errors only.")
    boolean quiet;

    @Option(names = "--no-color", description = "Use no colour.")
    boolean noColor;

    @Option(names = "--debug", description = "Show the stack trace of an error.")
    boolean debug;
}
