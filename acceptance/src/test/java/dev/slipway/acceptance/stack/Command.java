package dev.slipway.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A program that is run to its end. */
public final class Command {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    /** How a program ended, and what it said. */
    public record Result(List<String> command, int exitCode, String output, String errors) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(output);
        }

        /** Itself, where it ended as it should. */
        public Result expect(int expected) {
            if (exitCode != expected) {
                throw new AssertionError("Expected exit code " + expected + " of " + this);
            }
            return this;
        }

        @Override
        public String toString() {
            return String.join(" ", command) + "\nexit code " + exitCode + "\n--- output\n" + output + "--- errors\n"
                    + errors;
        }
    }

    private Command() {}

    public static Result run(String... command) {
        return run(Map.of(), "", List.of(command));
    }

    static Result run(Map<String, String> environment, String input, List<String> command) {
        try {
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(
                            Files.createDirectories(Distribution.workFolder()).toFile());
            Distribution.prepare(builder.environment());
            builder.environment().putAll(environment);
            return run(builder, input, LIMIT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it in {@code folder}, with nothing in its environment but what is given. */
    public static Result runAlone(Path folder, Map<String, String> environment, String... command) {
        return runAlone(folder, LIMIT, environment, command);
    }

    /** One that may take as long as {@code limit}. */
    public static Result runAlone(Path folder, Duration limit, Map<String, String> environment, String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return run(builder, "", limit);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result run(ProcessBuilder builder, String input, Duration limit) throws IOException {
        Path output = Files.createTempFile("slipway-acceptance", ".out");
        Path errors = Files.createTempFile("slipway-acceptance", ".err");
        try {
            builder.redirectOutput(output.toFile()).redirectError(errors.toFile());
            int exitCode = exitCode(builder.start(), input, builder.command(), limit);
            return new Result(builder.command(), exitCode, Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static int exitCode(Process process, String input, List<String> command, Duration limit)
            throws IOException {
        try {
            process.outputWriter(StandardCharsets.UTF_8).append(input).close();
            if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(
                        String.join(" ", command) + " has not ended after " + limit.toMinutes() + " min");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + String.join(" ", command), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
