package dev.slipway.cli.command;

/** How a command ended, for scripts. The numbers are a contract: docs/reference/exit-codes.md. */
public enum ExitCode {
    SUCCEEDED(0, "Done; a deployment that was waited for has succeeded."),
    FAILED(1, "The command could not do its work; standard error says why."),
    USAGE(2, "The command line is wrong: unknown command or option, missing or malformed value."),
    TIMED_OUT(3, "--timeout has passed while waiting; the deployment goes on."),
    NOT_AUTHORISED(4, "No token, an unknown token, or one that may not do this."),
    DEPLOYMENT_FAILED(5, "The deployment has failed, or is held after a failure until a person acts."),
    ROLLED_BACK(6, "The deployment was rolled back: its targets run what they ran before."),
    AWAITING_APPROVAL(7, "The deployment waits for an approval before it goes on."),
    CANCELED(8, "The deployment was canceled, or superseded by a later one."),
    INTERRUPTED(130, "Ctrl-C while waiting; the deployment goes on, and the message says how to attach again.");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    public int number() {
        return number;
    }

    public String meaning() {
        return meaning;
    }
}
