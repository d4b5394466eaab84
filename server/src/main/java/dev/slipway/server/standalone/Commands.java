package dev.slipway.server.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs short programs. */
final class Commands {
    /** How a program ended; {@code output} is both its streams. */
    record Result(int exitCode, String output) {
        boolean ok() {
            return exitCode == 0;
        }

        String lastLine() {
            return output.strip().lines().reduce("", (_, line) -> line);
        }
    }

    private Commands() {}

    static Result run(Duration limit, List<String> command) throws IOException {
        return run(limit, command, "");
    }

    static Result run(Duration limit, List<String> command, String input) throws IOException {
        Path output = Files.createTempFile("slipway", ".out");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(input.getBytes(StandardCharsets.UTF_8));
            }
            return end(process, limit)
                    ? new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8))
                    : new Result(-1, command.getFirst() + " took longer than " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was interrupted", e);
        } finally {
            Files.delete(output);
        }
    }

    /** Whether it ended by itself. Nothing of it is left when this returns, or is interrupted. */
    private static boolean end(Process process, Duration limit) throws InterruptedException {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
    }
}
