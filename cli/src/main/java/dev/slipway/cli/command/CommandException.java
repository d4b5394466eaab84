package dev.slipway.cli.command;

import org.jspecify.annotations.Nullable;

/** A command cannot do its work: what a person is told, what to do next, and the exit code. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final @Nullable String hint;

    public CommandException(ExitCode exitCode, String message, @Nullable String hint) {
        this(exitCode, message, hint, null);
    }

    public CommandException(ExitCode exitCode, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    /** The usual failure: exit code 1. */
    public static CommandException failed(String message, @Nullable String hint) {
        return new CommandException(ExitCode.FAILED, message, hint);
    }

    /** The command line itself is wrong: exit code 2. */
    public static CommandException usage(String message, @Nullable String hint) {
        return new CommandException(ExitCode.USAGE, message, hint);
    }

    public ExitCode exitCode() {
        return exitCode;
    }

    public String text() {
        return String.valueOf(getMessage());
    }

    public @Nullable String hint() {
        return hint;
    }
}
