package dev.slipway.server.standalone;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a failure as the command line does: one line that says what is wrong, and where there is one, a hint. */
final class Failures {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Failures() {}

    /** The command line could not be understood. */
    static int misused(ParameterException failure, String... arguments) {
        CommandLine line = failure.getCommandLine();
        List<String> meant =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        line.getErr().println("error: " + failure.getMessage());
        line.getErr()
                .println("hint: " + (meant.isEmpty() ? "" : "did you mean " + meant.getFirst() + "? ")
                        + "see slipway help " + line.getCommandName());
        return USAGE;
    }

    /** The command could not do its work. */
    static int failed(Exception failure, CommandLine line, ParseResult parsed) {
        boolean debug = line.getParseResult().hasMatchedOption("--debug");
        PrintWriter err = line.getErr();
        if (failure instanceof StackException) {
            err.println("error: " + failure.getMessage());
        } else {
            err.println("error: internal error: " + failure);
            err.println("hint: run it again with --debug and report the output");
        }
        if (debug) {
            failure.printStackTrace(err);
        }
        return FAILED;
    }
}
