package dev.slipway.server.standalone;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return new Result(-1, command.getFirst() + " took longer than " + limit.toSeconds() + " s");
            }
            return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(command.getFirst() + " was interrupted", e);
        } finally {
            Files.delete(output);
        }
    }

    /** The program of this name on PATH. */
    static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Arrays.stream(path.split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
