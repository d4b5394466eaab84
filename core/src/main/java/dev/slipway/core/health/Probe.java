package dev.slipway.core.health;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.input.Ports;
import dev.slipway.core.input.Texts;
import dev.slipway.core.manifest.Field;
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
    record Http(
            @Field(value = "Requested from the node, so private ports work.", type = "http or https URL")
            URI url,

            @Field(value = "The status code that counts as healthy.", defaultValue = "200", min = "100", max = "599")
            int expectedStatus,

            @Field(
                    value = "Must occur in the first 256 KiB of the body. May use ${version}, ${digest} and ${target}.",
                    otherwise = "any body")
            @Nullable
            String expectedBody)
            implements Probe {
        public Http {
            if (url.getHost() == null || !List.of("http", "https").contains(String.valueOf(url.getScheme()))) {
                throw new InvalidInputException("url", "invalid URL \"" + url + "\": expected an http or https URL");
            }
            if (expectedStatus < 100 || expectedStatus > 599) {
                throw new InvalidInputException("expectedStatus", "invalid HTTP status " + expectedStatus);
            }
        }
    }

    /** {@code host:port} accepts a connection. */
    record Tcp(
            @Field(value = "The host to connect to.", defaultValue = "127.0.0.1", type = "host")
            String host,

            @Field(
                    value =
                            "Must accept a connection, and not close it at once, as Docker does for a container in which"
                                    + " nothing listens.",
                    min = "1",
                    max = "65535")
            int port)
            implements Probe {
        public Tcp {
            Texts.requireLine("host", host);
            Ports.requirePort("port", port);
        }
    }

    /** The command, started without a shell, exits 0. */
    record Command(
            @Field(
                    value =
                            "The program and its arguments, without a shell; in the folder of the release, or in the container.",
                    notEmpty = true)
            List<String> command)
            implements Probe {
        public Command {
            command = Texts.requireLines("command", command);
            if (command.isEmpty() || command.getFirst().isBlank()) {
                throw new InvalidInputException("command", "needs at least the program to start");
            }
        }
    }

    /** The process or container runs: what is asked where no health check is declared. */
    record Running() implements Probe {}
}
