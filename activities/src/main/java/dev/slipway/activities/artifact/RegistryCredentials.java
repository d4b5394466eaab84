package dev.slipway.activities.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The logins of a Docker {@code config.json}, each for one registry. */
public final class RegistryCredentials {
    private static final String DOCKER_HUB_KEY = "https://index.docker.io/v1/";

    private final Map<String, String> basicByRegistry;

    private RegistryCredentials(Map<String, String> basicByRegistry) {
        this.basicByRegistry = basicByRegistry;
    }

    /** No logins: only what registries give to everybody. */
    public static RegistryCredentials none() {
        return new RegistryCredentials(Map.of());
    }

    /** Reads the {@code auths} of a file as {@code docker login} writes it; credential helpers are not asked. */
    public static RegistryCredentials ofDockerConfig(Path file) throws IOException {
        Map<String, String> found = new TreeMap<>();
        try {
            JsonNode auths =
                    JsonMapper.shared().readTree(Files.readAllBytes(file)).path("auths");
            for (Map.Entry<String, JsonNode> entry : auths.properties()) {
                String basic = entry.getValue().path("auth").asString("");
                if (!basic.isEmpty()) {
                    found.put(registry(entry.getKey()), basic);
                }
            }
        } catch (JacksonException e) {
            // Its message quotes the file, and the file is full of passwords.
            throw new IOException(file + " is not a Docker configuration");
        }
        return new RegistryCredentials(found);
    }

    private static String registry(String key) {
        return key.equals(DOCKER_HUB_KEY)
                ? "docker.io"
                : key.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
    }

    /** The value of an Authorization header for this registry. */
    Optional<String> basic(String registry) {
        return Optional.ofNullable(basicByRegistry.get(registry)).map("Basic "::concat);
    }

    @Override
    public String toString() {
        return "credentials for " + basicByRegistry.keySet();
    }
}
