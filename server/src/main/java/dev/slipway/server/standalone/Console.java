package dev.slipway.server.standalone;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What people see: messages on stderr, the URLs on stdout. */
final class Console {
    private final Instant start = Instant.now();

    synchronized void say(String message) {
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        System.err.printf(Locale.ROOT, "%5.1f s  %s%n", seconds, message);
    }

    synchronized void announce(Stack stack, DataDirectory data) {
        System.err.printf("%nSlipway is up. Ctrl-C or `slipway down` stops it.%n");
        System.out.printf("API          %s%n", stack.url());
        if (!stack.temporalUi().isEmpty()) {
            System.out.printf("Temporal UI  %s%n", stack.temporalUi());
        }
        System.out.printf("Data         %s%n", data.path());
        System.out.flush();
    }
}
