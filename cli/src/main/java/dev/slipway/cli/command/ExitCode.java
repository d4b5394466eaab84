package dev.slipway.cli.command;

/** How a command ended, for scripts. The numbers are a contract: docs/reference/exit-codes.md. */
public enum ExitCode {
    SUCCEEDED(0, "Success; a deployment that was waited for has succeeded."),
    FAILED(1, "The command failed; see standard error for the reason."),
    USAGE(2, "The command line is wrong: unknown command or option, missing or malformed value."),
    TIMED_OUT(3, "Timed out waiting (--timeout); the deployment continues."),
    NOT_AUTHORISED(4, "No token, an unknown token, or one without permission."),
    DEPLOYMENT_FAILED(5, "The deployment failed, or is held after a failure and waiting for a decision."),
    ROLLED_BACK(6, "The deployment was rolled back: its targets run the previous release."),
    AWAITING_APPROVAL(7, "The deployment is awaiting approval."),
    CANCELED(8, "The deployment was canceled, or superseded by a later one."),
    INTERRUPTED(
            130,
            "Ctrl-C while waiting; the deployment continues, and the message shows the command that attaches again.");

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
