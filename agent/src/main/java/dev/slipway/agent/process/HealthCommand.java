package dev.slipway.agent.process;

import dev.slipway.agent.health.CommandOutput;
import dev.slipway.agent.health.Subject;
import dev.slipway.core.input.Durations;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a health command in the folder of a release, with the environment of its service. */
final class HealthCommand {
    private HealthCommand() {}

    static Subject.Exit run(
            List<String> command, Path folder, Map<String, String> environment, Duration timeout, CommandOutput output)
            throws InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process;
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            return new Subject.Exit(false, "could not be started: " + e.getMessage());
        }
        Thread reader = Thread.ofVirtual().start(() -> read(process.getInputStream(), output));
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Subject.Exit(false, "did not end within " + Durations.format(timeout) + output.said());
            }
            reader.join(Duration.ofMillis(100));
            int code = process.exitValue();
            return new Subject.Exit(code == 0, "exited with code " + code + output.said());
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void read(InputStream in, CommandOutput output) {
        byte[] bytes = new byte[4_096];
        try (in) {
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                output.add(bytes, read);
            }
            output.end();
        } catch (IOException e) {
            // The command was killed; what it said until then is kept.
            return;
        }
    }
}
