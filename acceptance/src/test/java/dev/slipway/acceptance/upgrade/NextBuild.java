package dev.slipway.acceptance.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Distribution;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** The server as its next build might be: the workflow of releases does something new before each batch. */
final class NextBuild {
    /** What the changed branch is called in histories. */
    static final String CHANGE = "look-around-before-each-batch";

    private static final String SOURCE = "dev/slipway/workflows/release/Deployment.java";
    private static final String BEFORE_A_BATCH = "            continueAsNewIfSuggested(null);\n";
    private static final String CHANGED = """
                        if (io.temporal.workflow.Workflow.getVersion(
                                "%s", io.temporal.workflow.Workflow.DEFAULT_VERSION, 1) == 1) {
                            io.temporal.workflow.Workflow.sleep(java.time.Duration.ofMillis(200));
                        }
            """.formatted(CHANGE);

    private NextBuild() {}

    /** Makes it in {@code folder}; the program to start. */
    static Path in(Path folder) throws IOException {
        Path today = Distribution.server().resolve("../..").normalize();
        Path next = folder.resolve("next");
        Files.createDirectories(folder);
        Command.run("cp", "-r", today.toString(), next.toString()).expect(0);
        Path classes = compile(folder, next.resolve("lib"));
        run("jar", "--update", "--file", workflows(next.resolve("lib")).toString(), "-C", classes.toString(), ".");
        return next.resolve("bin").resolve(Distribution.server().getFileName());
    }

    private static Path compile(Path folder, Path libraries) throws IOException {
        String today = Files.readString(
                Distribution.repository().resolve("workflows/src/main/java").resolve(SOURCE));
        assertThat(today).containsOnlyOnce(BEFORE_A_BATCH);
        Path source = folder.resolve("source").resolve(SOURCE);
        Files.createDirectories(source.resolveSibling(""));
        Files.writeString(source, today.replace(BEFORE_A_BATCH, BEFORE_A_BATCH + CHANGED));
        Path classes = folder.resolve("classes");
        run("javac", "-proc:none", "-nowarn", "-d", classes.toString(), "-cp", jars(libraries), source.toString());
        return classes;
    }

    private static String jars(Path libraries) throws IOException {
        try (var files = Files.list(libraries)) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private static Path workflows(Path libraries) throws IOException {
        try (var files = Files.list(libraries)) {
            return files.filter(file -> file.getFileName().toString().startsWith("slipway-workflows-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void run(String tool, String... arguments) {
        int exitCode = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, arguments);
        assertThat(exitCode).as("%s %s", tool, String.join(" ", arguments)).isZero();
    }
}
