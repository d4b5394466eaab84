package dev.slipway.agent.connection;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.workflows.PayloadKey;
import dev.slipway.workflows.Payloads;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads the settings: each from its environment variable, else from {@code stack.json} in the data directory. They are
 * read anew whenever the control plane is lost, because a stack that starts again may have other ports.
 */
public final class SettingsSource {
    private final Path data;
    private final Map<String, String> environment;

    public SettingsSource(Path data, Map<String, String> environment) {
        this.data = data;
        this.environment = Map.copyOf(environment);
    }

    /** The settings as they are now, or a failure that says what is missing. */
    public AgentSettings read() {
        Stack stack = stack();
        String address = value("SLIPWAY_TEMPORAL_ADDRESS", stack.temporalAddress(), "temporalAddress");
        if (!address.matches(".+:\\d{1,5}")) {
            throw new InvalidInputException(
                    "temporalAddress",
                    "invalid address \"" + address + "\": expected HOST:PORT, for example 127.0.0.1:7233");
        }
        return new AgentSettings(
                address,
                variable("SLIPWAY_TEMPORAL_NAMESPACE")
                        .or(() -> Optional.ofNullable(stack.temporalNamespace()))
                        .orElse("default"),
                PayloadKey.ofBase64(secret("SLIPWAY_PAYLOAD_KEY", stack.payloadKeyFile(), "payloadKeyFile")),
                url(value("SLIPWAY_URL", stack.url(), "url").replaceFirst("/+$", "")),
                secret("SLIPWAY_AGENT_TOKEN", stack.agentTokenFile(), "agentTokenFile"));
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidInputException("url", "invalid URL \"" + text + "\": for example http://127.0.0.1:8080");
        }
    }

    private Stack stack() {
        Path file = file();
        try {
            return Payloads.json().readValue(Files.readString(file), Stack.class);
        } catch (NoSuchFileException e) {
            return Stack.NONE;
        } catch (IOException | JacksonException e) {
            throw new SlipwayException(FailureType.TARGET_IO, "Could not read " + file + ": " + e.getMessage(), e);
        }
    }

    private Path file() {
        return data.resolve("stack.json");
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private String value(String variable, @Nullable String ofStack, String field) {
        return variable(variable).or(() -> Optional.ofNullable(ofStack)).orElseThrow(() -> missing(variable, field));
    }

    private String secret(String variable, @Nullable String ofStack, String field) {
        Optional<String> given = variable(variable);
        if (given.isPresent()) {
            return given.get().strip();
        }
        if (ofStack == null) {
            throw missing(variable, field);
        }
        try {
            return Files.readString(data.resolve(ofStack)).strip();
        } catch (IOException e) {
            throw new SlipwayException(
                    FailureType.TARGET_IO, "Could not read " + field + " " + ofStack + " of " + file() + ".", e);
        }
    }

    private SlipwayException missing(String variable, String field) {
        return new SlipwayException(
                FailureType.INVALID_INPUT,
                "Neither " + variable + " is set nor \"" + field + "\" found in " + file()
                        + ". Start the stack with: slipway up, or set its data directory with --data.");
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Stack(
            @Nullable String temporalAddress,
            @Nullable String temporalNamespace,
            @Nullable String payloadKeyFile,
            @Nullable String url,
            @Nullable String agentTokenFile) {
        static final Stack NONE = new Stack(null, null, null, null, null);
    }
}
