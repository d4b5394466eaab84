package dev.slipway.cli.connection;

import dev.slipway.cli.document.Json;
import dev.slipway.cli.document.Yaml;
import dev.slipway.core.failure.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the project's file. */
final class ProjectYaml {
    private ProjectYaml() {}

    static Optional<Object> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode content = Yaml.parse(Files.readString(file));
            return content.isMissingNode() ? Optional.empty() : Optional.of(plain(content));
        } catch (IOException | JacksonException e) {
            throw new InvalidInputException(
                    file.toString(),
                    "cannot be read: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static Object plain(JsonNode content) {
        if (!content.isObject()) {
            return content.asString("");
        }
        Map<String, @Nullable String> settings = new LinkedHashMap<>();
        content.propertyNames().forEach(name -> settings.put(name, Json.textOrNull(content, name)));
        return settings;
    }
}
