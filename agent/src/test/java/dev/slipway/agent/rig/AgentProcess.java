package dev.slipway.agent.rig;

import dev.slipway.agent.AgentMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An agent in a process of its own, that can be killed as agents are. */
public final class AgentProcess {
    private final Process process;
    private final Path errors;

    private AgentProcess(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    public static AgentProcess start(Path folder, String node, Map<String, String> variables) throws IOException {
        Path errors = Files.createTempFile(folder, "agent", ".err");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                AgentMain.class.getName(),
                "--node",
                node,
                "--data",
                folder.resolve("data").toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(variables);
        return new AgentProcess(builder.start(), errors);
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As an operator ends it; its exit code. */
    public int terminate() throws InterruptedException {
        process.destroy();
        return await();
    }

    public int await() throws InterruptedException {
        if (!process.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("The agent does not end");
        }
        return process.exitValue();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String errors() throws IOException {
        return Files.readString(errors);
    }
}
