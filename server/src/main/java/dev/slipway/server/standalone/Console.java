package dev.slipway.server.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What people see: messages on stderr, the answer on stdout. */
final class Console {
    private final Instant start = Instant.now();
    private final boolean quiet;

    Console(boolean quiet) {
        this.quiet = quiet;
    }

    boolean isQuiet() {
        return quiet;
    }

    /** Progress, which {@code --quiet} silences. */
    synchronized void say(String message) {
        if (!quiet) {
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            System.err.printf(Locale.ROOT, "%5.1f s  %s%n", seconds, message);
        }
    }

    /** What went wrong. */
    synchronized void complain(String message) {
        System.err.println("error: " + message);
    }

    /** What another process has said, as it said it. */
    synchronized void relay(String text) {
        System.err.print(text);
    }

    /** Part of the program's answer. */
    synchronized void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }

    synchronized void announce(Stack stack, DataDirectory data) {
        tell("API          " + stack.url());
        if (!stack.temporalUi().isEmpty()) {
            tell("Temporal UI  " + stack.temporalUi());
        }
        tell("Data         " + data.path());
    }
}
