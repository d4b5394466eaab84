package dev.slipway.cli.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** A live process of a stack, which was made sure to be one and not a stranger that got its number. */
public final class StackProcess {
    // The clock of process starts ticks in hundredths, and is set back against the file system's by boot time rounding.
    private static final Duration INEXACTNESS = Duration.ofSeconds(2);
    private static final String[] KNOWN_BY = {"slipway", "temporal", "postgres"};

    private final ProcessHandle handle;

    private StackProcess(ProcessHandle handle) {
        this.handle = handle;
    }

    /** The process with this number, if it lives, was there before {@code knownSince}, and is one of a stack's programs. */
    static Optional<StackProcess> find(long pid, Instant knownSince) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startedBefore(handle, knownSince.plus(INEXACTNESS)))
                .filter(StackProcess::isOfAStack)
                .map(StackProcess::new);
    }

    private static boolean startedBefore(ProcessHandle handle, Instant latest) {
        return handle.info().startInstant().map(start -> !start.isAfter(latest)).orElse(true);
    }

    private static boolean isOfAStack(ProcessHandle handle) {
        ProcessHandle.Info info = handle.info();
        String known = (info.command().orElse("") + " " + info.commandLine().orElse("")).toLowerCase(Locale.ROOT);
        // A process of another user shows nothing; PostgreSQL runs as one when the stack is started by root.
        if (known.isBlank()) {
            return true;
        }
        for (String name : KNOWN_BY) {
            if (known.contains(name)) {
                return true;
            }
        }
        return false;
    }

    public long pid() {
        return handle.pid();
    }

    public boolean isAlive() {
        return handle.isAlive();
    }

    /** Asks it to end, with SIGTERM. */
    public void terminate() {
        handle.destroy();
    }
}
