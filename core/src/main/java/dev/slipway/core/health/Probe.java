package dev.slipway.core.health;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Ports;
import dev.slipway.core.input.Texts;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One question to a target, asked from its own node. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Probe.Http.class, name = "http"),
    @JsonSubTypes.Type(value = Probe.Tcp.class, name = "tcp"),
    @JsonSubTypes.Type(value = Probe.Command.class, name = "command"),
    @JsonSubTypes.Type(value = Probe.Running.class, name = "running")
})
public sealed interface Probe {
    /** GET of {@code url} answers {@code expectedStatus}, with {@code expectedBody} in the body where one is given. */
    record Http(URI url, int expectedStatus, @Nullable String expectedBody) implements Probe {
        public Http {
            if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                throw new InvalidInputException("health.url", "\"" + url + "\" is no http or https URL");
            }
            if (expectedStatus < 100 || expectedStatus > 599) {
                throw new InvalidInputException("health.expectedStatus", expectedStatus + " is no HTTP status");
            }
        }
    }

    /** {@code host:port} accepts a connection. */
    record Tcp(String host, int port) implements Probe {
        public Tcp {
            Texts.requireLine("health.host", host);
            Ports.requirePort("health.port", port);
        }
    }

    /** The command, started without a shell, exits 0. */
    record Command(List<String> command) implements Probe {
        public Command {
            command = Texts.requireLines("health.command", command);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new InvalidInputException("health.command", "needs at least the program to start");
            }
        }
    }

    /** The process or container runs: what is asked where no health check is declared. */
    record Running() implements Probe {}
}
