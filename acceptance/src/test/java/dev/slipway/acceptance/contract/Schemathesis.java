package dev.slipway.acceptance.contract;

import dev.slipway.acceptance.stack.Command;
import dev.slipway.acceptance.stack.Distribution;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Schemathesis, as distribution/test.sh has put it into the cache. */
final class Schemathesis {
    private static final Path PEER = Distribution.repository().resolve("acceptance/peers/schemathesis");

    /** It ends by itself, after a number of requests; on a busy machine these take minutes. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private Schemathesis() {}

    static boolean isThere() {
        return Files.isExecutable(program())
                && Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    }

    /** Checks the API at {@code url} against the document that it serves. */
    static Command.Result run(String url, String token, Path folder) {
        return Command.runAlone(
                folder,
                LIMIT,
                Map.of(
                        "PATH", System.getenv("PATH"),
                        "HOME", folder.toString(),
                        "PYTHONPATH", home().toString(),
                        "NO_COLOR", "1",
                        "COLUMNS", "200"),
                "python3",
                program().toString(),
                "--config-file",
                PEER.resolve("schemathesis.toml").toString(),
                "run",
                url + "/api/openapi.json",
                "--checks",
                "all",
                "--exclude-checks",
                "unsupported_method",
                "--header",
                "Authorization: Bearer " + token);
    }

    private static Path program() {
        return home().resolve("bin/schemathesis");
    }

    private static Path home() {
        return Optional.ofNullable(System.getenv("SLIPWAY_CACHE"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "slipway"))
                .resolve(version().replace("==", "-"));
    }

    private static String version() {
        try (Stream<String> requirements = Files.lines(PEER.resolve("requirements.txt"))) {
            return requirements.findFirst().orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
