package dev.slipway.server.standalone;

/** Why the stack cannot run, and what to do, for whoever started it. */
final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StackException(String message) {
        super(message);
    }

    StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
