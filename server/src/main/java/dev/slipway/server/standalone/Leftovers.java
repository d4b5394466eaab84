package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes of a supervisor that was killed. */
final class Leftovers {
    // The process writes its pid file as the first thing in its life; process start times have a grain of their own.
    private static final Duration TOLERANCE = Duration.ofSeconds(3);
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

    private static boolean isGoneWithin(ProcessHandle process, Duration limit) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
