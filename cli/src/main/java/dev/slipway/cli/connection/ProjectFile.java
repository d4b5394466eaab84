package dev.slipway.cli.connection;

import dev.slipway.cli.command.CommandException;
import dev.slipway.cli.document.Json;
import dev.slipway.cli.document.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code slipway.yaml} of a project: which Slipway it is deployed by. It lies in a repository, so it holds no token. */
record ProjectFile(
        Path file, @Nullable String url, @Nullable String dataText) {
    private static final String NAME = "slipway.yaml";
    private static final Set<String> SETTINGS = Set.of("url", "data");

    /** The nearest one of {@code directory} and the directories above it. */
    static Optional<ProjectFile> upwardFrom(Path directory) {
        for (Path here = directory; here != null; here = here.getParent()) {
            Path file = here.resolve(NAME);
            Optional<ProjectFile> found = Files.isRegularFile(file) ? read(file) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<ProjectFile> read(Path file) {
        JsonNode content;
        try {
            content = Yaml.parse(Files.readString(file));
        } catch (IOException | JacksonException e) {
            throw CommandException.failed("cannot read " + file + ": " + firstLine(e), null);
        }
        if (content.has("kind")) {
            // A manifest of that name, which is not about us.
            return Optional.empty();
        }
        if (!content.isObject()) {
            throw CommandException.failed(file + " has no settings", "as in url: https://slipway.example.org");
        }
        for (String name : content.propertyNames()) {
            if (name.equals("token")) {
                throw CommandException.failed(
                        file + ": token: does not belong in a project's file", "set SLIPWAY_TOKEN instead");
            }
            if (!SETTINGS.contains(name)) {
                throw CommandException.failed(file + ": " + name + ": is no setting", "known are: url, data");
            }
        }
        return Optional.of(new ProjectFile(file, Json.textOrNull(content, "url"), Json.textOrNull(content, "data")));
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** The data directory, relative to the file. */
    Optional<Path> data() {
        Path parent = file.getParent();
        return dataText == null || parent == null ? Optional.empty() : Optional.of(parent.resolve(dataText));
    }
}
