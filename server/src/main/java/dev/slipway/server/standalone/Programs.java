package dev.slipway.server.standalone;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Where the programs of the archives are: named by the environment, beside this archive, or on PATH. */
final class Programs {
    private Programs() {}

    /** The launcher of this archive. */
    static Path server() {
        String home = System.getProperty("slipway.home");
        if (home == null) {
            throw new StackException(
                    "Start the stack with bin/slipway-server, which sets the location of its archive.");
        }
        return Path.of(home, "bin", "slipway-server");
    }

    static Path commandLine() {
        return find("slipway-cli", "slipway", "SLIPWAY_CLI_PROGRAM");
    }

    private static Path find(String archive, String program, String variable) {
        Optional<Path> named = Optional.ofNullable(System.getenv(variable)).map(Path::of);
        return named.or(() -> besideThis(archive, program))
                .or(() -> SearchPath.ofEnvironment().find(program))
                .filter(Files::isExecutable)
                .orElseThrow(() -> new StackException("The program " + program + " was not found"
                        + named.map(path -> " at " + path).orElse("") + ". Unpack the archive " + archive
                        + " next to that of the server, or set " + variable + " to its bin/" + program + "."));
    }

    /** Archives unpack to {@code slipway-agent-0.1.0}: the one of our own version. */
    private static Optional<Path> besideThis(String archive, String program) {
        Path home = Objects.requireNonNull(server().getParent()).getParent();
        if (home == null || home.getParent() == null) {
            return Optional.empty();
        }
        String version = String.valueOf(home.getFileName()).replace("slipway-server", "");
        Path path = home.resolveSibling(archive + version).resolve("bin", program);
        return Files.isExecutable(path) ? Optional.of(path) : Optional.empty();
    }
}
