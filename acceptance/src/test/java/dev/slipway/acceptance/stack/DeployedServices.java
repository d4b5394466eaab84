package dev.slipway.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The processes that agents have started for targets. They outlive agents and stacks. */
public final class DeployedServices {
    private final Path data;

    DeployedServices(Path data) {
        this.data = data;
    }

    /** The process of a target, if it was ever started. */
    public static Optional<Long> pid(Path agentState, String environment, String target) {
        Path file = agentState
                .resolve("targets")
                .resolve(environment + "." + target)
                .resolve("service.json");
        return Files.exists(file) ? pid(file) : Optional.empty();
    }

    /** Ends them with everything they started: each leads a process group. */
    void killAll() {
        for (Path file : records()) {
            pid(file).ifPresent(pid -> Command.run("kill", "-KILL", "--", "-" + pid));
        }
    }

    private List<Path> records() {
        if (!Files.isDirectory(data.resolve("agents"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(data.resolve("agents"), 4)) {
            return files.filter(file -> file.endsWith("service.json")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Long> pid(Path file) {
        try {
            JsonNode pid = JsonMapper.shared().readTree(Files.readString(file)).path("pid");
            return pid.isNumber() ? Optional.of(pid.asLong()) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
