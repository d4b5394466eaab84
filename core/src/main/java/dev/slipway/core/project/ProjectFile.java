package dev.slipway.core.project;

import dev.slipway.core.failure.InvalidInputException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code slipway.yaml} of a project: which Slipway it is deployed by, and the name that it has there. It lies in a repository, so it holds no token. */
public record ProjectFile(
        Path file,
        @Nullable String url,
        @Nullable String dataText,
        @Nullable String project) {
    private static final String NAME = "slipway.yaml";
    private static final Set<String> SETTINGS = Set.of("url", "data", "project");

    /** Reads YAML, with whatever a program has for that. */
    public interface Reader {
        /** The content of a file as maps, lists and values; empty where there is no such file, or nothing in it. */
        Optional<Object> read(Path file);
    }

    /** The nearest one of {@code directory} and the directories above it. Fails where it holds what it must not. */
    public static Optional<ProjectFile> upwardFrom(Path directory, Reader reader) {
        for (Path here = directory; here != null; here = here.getParent()) {
            Path file = here.resolve(NAME);
            Optional<ProjectFile> found = reader.read(file).flatMap(content -> of(file, content));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<ProjectFile> of(Path file, Object content) {
        if (!(content instanceof Map<?, ?> settings)) {
            throw new InvalidInputException(
                    file.toString(), "contains no settings, for example url: https://slipway.example.org");
        }
        if (settings.containsKey("kind")) {
            // A manifest of that name, which is not about us.
            return Optional.empty();
        }
        for (Object name : settings.keySet()) {
            if (name.equals("token")) {
                throw new InvalidInputException(
                        file.toString(), "token: does not belong in a project's file; set SLIPWAY_TOKEN instead");
            }
            if (!SETTINGS.contains(String.valueOf(name))) {
                throw new InvalidInputException(
                        file.toString(), name + ": unknown setting; expected one of url, data, project");
            }
        }
        return Optional.of(new ProjectFile(
                file,
                Objects.toString(settings.get("url"), null),
                Objects.toString(settings.get("data"), null),
                Objects.toString(settings.get("project"), null)));
    }

    /** The data directory, relative to the file. */
    public Optional<Path> data() {
        return Optional.ofNullable(dataText).map(file::resolveSibling);
    }
}
