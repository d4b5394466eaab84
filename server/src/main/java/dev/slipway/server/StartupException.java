package dev.slipway.server;

/** Why the server cannot start, for whoever runs it. */
final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    StartupException(String problem, String hint) {
        super(problem);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
