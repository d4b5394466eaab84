package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Processes of a supervisor that was killed. */
final class Leftovers {
    // The process writes its pid file as the first thing in its life; process start times have a grain of their own.
    private static final Duration TOLERANCE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    private Leftovers() {}

    /** The process that wrote this pid file, if it still runs; pids are given again, so the times must fit. */
    static Optional<ProcessHandle> find(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readString(pidFile).strip());
            Instant written = Files.getLastModifiedTime(pidFile).toInstant();
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .startInstant()
                            .map(start -> Duration.between(start, written).abs().compareTo(TOLERANCE) < 0)
                            .orElse(false));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Stops what is left of the stack in this folder. */
    static void stopAll(DataDirectory data, Consumer<String> say) throws IOException {
        for (Part part : List.of(Part.values()).reversed()) {
            Path pidFile = data.pidFile(part.id());
            Optional<ProcessHandle> left = find(pidFile);
            if (left.isPresent()) {
                say.accept("Stopping " + part.title() + " (process "
                        + left.get().pid() + "), left by a supervisor that was killed.");
                stop(left.get(), part);
            }
            Files.deleteIfExists(pidFile);
        }
    }

    static void stop(ProcessHandle process, Part part) throws IOException {
        stop(process, part.stopSignal(), part.grace());
    }

    /** Stops a process: asks with the signal, waits, kills. Returns when it is gone. */
    static void stop(ProcessHandle process, String signal, Duration grace) throws IOException {
        if (!process.isAlive()) {
            return;
        }
        Commands.run(AFTER_KILL, List.of("kill", "-" + signal, Long.toString(process.pid())));
        if (!isGoneWithin(process, grace)) {
            process.destroyForcibly();
            isGoneWithin(process, AFTER_KILL);
        }
    }

    /** Looks for itself: Java would look at a process that is not its child only every few seconds. */
    private static boolean isGoneWithin(ProcessHandle process, Duration limit) {
        Instant deadline = Instant.now().plus(limit);
        while (process.isAlive()) {
            if (Instant.now().isAfter(deadline)) {
                return false;
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
        return true;
    }
}
