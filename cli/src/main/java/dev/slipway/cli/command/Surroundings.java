package dev.slipway.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What a run finds around it: environment variables, working directory and home directory. */
public record Surroundings(Map<String, String> environment, Path directory, Path home) {
    public static Surroundings ofThisProcess() {
        return new Surroundings(
                System.getenv(), Path.of("").toAbsolutePath(), Path.of(System.getProperty("user.home", "/")));
    }

    /** The variable's value; empty where it is not set, or set to nothing. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }
}
