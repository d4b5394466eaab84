package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** The process id and the command line of a program. The program outlives a stack that is killed, and this finds it again. */
record PidFile(Path path) {
    // It is written as the first thing in the life of the process; process start times have a grain of their own.
    private static final Duration TOLERANCE = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    /** {@code command} so that it writes this file first. The shell's pid stays the program's: no death of ours leaves an unknown one. */
    List<String> writtenBy(List<String> command) {
        List<String> line = new ArrayList<>(List.of(
                "/bin/sh",
                "-c",
                "printf '%s\\n' $$ \"$2\" >\"$1\"; shift 2; exec \"$@\"",
                "sh",
                path.toString(),
                String.join(" ", command)));
        // A session of its own keeps it away from the terminal's Ctrl-C.
        SearchPath.ofEnvironment().find("setsid").ifPresent(setsid -> line.add(setsid.toString()));
        line.addAll(command);
        return line;
    }

    /** The process that wrote it, if it still runs; pids are given again, so the times must fit. */
    Optional<ProcessHandle> process() {
        try {
            long pid = Long.parseLong(Files.readAllLines(path).getFirst());
            Instant written = Files.getLastModifiedTime(path).toInstant();
            return ProcessHandle.of(pid)
                    .filter(process -> process.info()
                            .startInstant()
                            .map(start -> Duration.between(start, written).abs().compareTo(TOLERANCE) < 0)
                            .orElse(false));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Whether what it was started with is {@code command}. */
    boolean isOf(List<String> command) throws IOException {
        String written = Files.readAllLines(path).stream().skip(1).collect(Collectors.joining("\n"));
        return written.equals(String.join(" ", command));
    }

    /** Stops the process: asks with the signal, waits, kills. Returns when it is gone. */
    void stop(Part part) throws IOException {
        Optional<ProcessHandle> running = process();
        if (running.isPresent()) {
            stop(running.get(), part.stopSignal(), part.grace());
        }
        delete();
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

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
