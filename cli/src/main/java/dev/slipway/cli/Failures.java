package dev.slipway.cli;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.command.ExitCode;
import dev.slipway.cli.command.Invocation;
import dev.slipway.cli.terminal.Colour;
import dev.slipway.cli.terminal.Terminal;
import dev.slipway.cli.terminal.Untrusted;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells a failure: one line that says what is wrong, one that says what to do, and the exit code. */
final class Failures {
    private final Invocation invocation;

    Failures(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The command line could not be understood. */
    int misused(ParameterException failure, String... arguments) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName(" ");
        String help = command.equals(DagDeploy.NAME)
                ? DagDeploy.NAME + " --help"
                : command.replaceFirst("^slipway", "slipway help");
        List<String> meant =
                failure instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        String hint = meant.isEmpty() ? "see " + help : "did you mean " + meant.getFirst() + "? see " + help;
        return tell(String.valueOf(failure.getMessage()), hint, ExitCode.USAGE, failure);
    }

    /** The command could not do its work. */
    int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof CommandException told) {
            return tell(told.text(), told.hint(), told.exitCode(), told);
        }
        return tell(
                "internal error: " + failure,
                "run it again with --debug and report the output",
                ExitCode.FAILED,
                failure);
    }

    private int tell(String message, @Nullable String hint, ExitCode code, Exception failure) {
        Terminal terminal = invocation.terminal();
        terminal.complain(terminal.paintedBeside(Colour.BAD, "error:") + " " + Untrusted.line(message));
        if (hint != null) {
            terminal.complain("hint: " + Untrusted.line(hint));
        }
        if (invocation.options().debug()) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().forEach(line -> terminal.complain(line.replace('\t', ' ')));
        }
        return code.number();
    }
}
