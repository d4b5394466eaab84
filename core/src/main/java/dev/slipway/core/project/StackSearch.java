package dev.slipway.core.project;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the data directory that a program is about. The command line, the supervisor and agents look in the same places,
 * so that they mean the same stack.
 */
public record StackSearch(Map<String, String> environment, Path directory, Path home, ProjectFile.Reader reader) {
    /** The data directory, whether there is one or not: as named, else SLIPWAY_DATA, slipway.yaml or ~/.slipway. */
    public Path dataDirectory(@Nullable Path named) {
        return Optional.ofNullable(named)
                .or(this::ofEnvironment)
                .or(() -> project().flatMap(ProjectFile::data))
                .map(path -> directory.resolve(path).normalize())
                .orElseGet(() -> home.resolve(".slipway"));
    }

    /** What the project says that the working directory belongs to. */
    public Optional<ProjectFile> project() {
        return ProjectFile.upwardFrom(directory, reader);
    }

    private Optional<Path> ofEnvironment() {
        return Optional.ofNullable(environment.get("SLIPWAY_DATA"))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }
}
