package dev.slipway.acceptance.shape;

import dev.slipway.acceptance.stack.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** The repository's docker-compose.yml, its anchors and merges resolved. */
final class ComposeFile {
    private final Map<String, Object> document;

    private ComposeFile(Map<String, Object> document) {
        this.document = document;
    }

    static ComposeFile read() {
        return new ComposeFile(map(new Yaml().load(text())));
    }

    static String text() {
        try {
            return Files.readString(Distribution.repository().resolve("docker-compose.yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Map<String, Object> service(String name) {
        Map<String, Object> service = services().get(name);
        if (service == null) {
            throw new AssertionError("docker-compose.yml has no service " + name);
        }
        return service;
    }

    /** Each service by its name. */
    Map<String, Map<String, Object>> services() {
        return map(document.get("services")).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, service -> map(service.getValue()), (a, _) -> a, LinkedHashMap::new));
    }

    /** Those that run the image of this repository. */
    Map<String, Map<String, Object>> ownServices() {
        Map<String, Map<String, Object>> own = services();
        own.values().removeIf(service -> !service.containsKey("build"));
        return own;
    }

    Map<String, Object> networks() {
        return map(document.get("networks"));
    }

    Map<String, Object> secrets() {
        return map(document.get("secrets"));
    }

    static Map<String, String> environment(Map<String, Object> service) {
        Map<String, String> environment = new LinkedHashMap<>();
        map(service.get("environment")).forEach((name, value) -> environment.put(name, String.valueOf(value)));
        return environment;
    }

    /** The value that Compose gives where its variable is not set. */
    static String defaultOf(String value) {
        return value.replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1");
    }

    /** How a service is confined, as flags of docker run. */
    static List<String> confinement(Map<String, Object> service) {
        List<String> flags = new ArrayList<>();
        if (Boolean.TRUE.equals(service.get("init"))) {
            flags.add("--init");
        }
        if (Boolean.TRUE.equals(service.get("read_only"))) {
            flags.add("--read-only");
        }
        list(service, "tmpfs").forEach(folder -> flags.add("--tmpfs=" + folder));
        list(service, "cap_drop").forEach(capability -> flags.add("--cap-drop=" + capability));
        list(service, "security_opt").forEach(option -> flags.add("--security-opt=" + option));
        return flags;
    }

    static List<String> list(Map<String, Object> service, String key) {
        return service.get(key) instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked") // What YAML calls a mapping; its keys are names here.
    private static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map ? (Map<String, Object>) value : Map.of();
    }
}
