package dev.slipway.agent;

import dev.slipway.core.failure.SlipwayException;
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
        PrintWriter err = failure.getCommandLine().getErr();
        List<String> meant =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        err.println("error: " + failure.getMessage());
        err.println("hint: " + (meant.isEmpty() ? "" : "did you mean " + meant.getFirst() + "? ")
                + "see slipway-agent --help");
        return USAGE;
    }

    /** The agent could not do its work. */
    static int failed(Exception failure, CommandLine line, ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (failure instanceof SlipwayException) {
            err.println("error: " + failure.getMessage());
        } else {
            err.println("internal error: " + failure);
            err.println("hint: run it again with --debug and report the output");
        }
        if (parsed.hasMatchedOption("--debug")) {
            failure.printStackTrace(err);
        }
        return FAILED;
    }
}
