package dev.slipway.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What a user installs, as this build has just made it. */
public final class Distribution {
    /** Which of the JVMs that run tests at the same time this is; from 1. */
    static final int FORK = Integer.getInteger("slipway.fork", 1);

    private static final Path ROOT = root();

    private Distribution() {}

    /** The folder that images are built from. */
    public static Path repository() {
        return ROOT;
    }

    static Path cli() {
        return program("cli", "slipway-cli", "slipway");
    }

    static Path agent() {
        return program("agent", "slipway-agent", "slipway-agent");
    }

    public static Path server() {
        return program("server", "slipway-server", "slipway-server");
    }

    /** The archives that a user downloads: command line, agent and server. */
    public static List<Path> archives() {
        return Stream.of("cli", "agent", "server")
                .map(module -> archive(ROOT.resolve(module).resolve("target")))
                .toList();
    }

    private static Path archive(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No archive in " + folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the tests of this JVM keep their data; what a failure left behind is here. */
    public static Path workFolder() {
        return stacks().resolve(Integer.toString(FORK));
    }

    /** The folder above those of all JVMs that run tests at the same time. */
    public static Path stacks() {
        return ROOT.resolve("acceptance/target/stacks");
    }

    /** Makes an environment of {@code variables} one that knows our programs, and nothing of a stack of the user's. */
    static void prepare(Map<String, String> variables) {
        variables.keySet().removeIf(name -> name.startsWith("SLIPWAY_") && !name.equals("SLIPWAY_CACHE"));
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("SLIPWAY_CLI_PROGRAM", cli().toString());
    }

    private static Path program(String module, String archive, String name) {
        Path program = ROOT.resolve(module)
                .resolve("target")
                .resolve(archive)
                .resolve("bin")
                .resolve(name);
        if (!Files.isExecutable(program)) {
            throw new IllegalStateException(program + " is missing. Build it with: mvn package -DskipTests");
        }
        return program;
    }

    private static Path root() {
        Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (!Files.exists(folder.resolve("slipway")) || !Files.isDirectory(folder.resolve("acceptance"))) {
            folder = Objects.requireNonNull(folder.getParent(), "These tests run inside of the repository");
        }
        return folder;
    }
}
