package dev.slipway.api.fleet;

import dev.slipway.api.manifest.Fields;
import dev.slipway.core.failure.InvalidInputException;
import dev.slipway.core.health.HealthCheck;
import dev.slipway.core.health.Probe;
import dev.slipway.core.input.Names;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Reads the health check of a target. What it makes names its fields as seen from the target. */
final class HealthReader {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int OK = 200;

    private HealthReader() {}

    static Supplier<HealthCheck> read(Fields fields) {
        Supplier<Probe> probe = probe(fields, fields.text("type"));
        String timeout = fields.optionalText("timeout");
        Integer retries = fields.optionalInteger("retries");
        String interval = fields.optionalText("interval");
        fields.done();
        return () -> new HealthCheck(
                probe.get(),
                TargetReader.duration("health.timeout", timeout, HealthCheck.DEFAULT_TIMEOUT),
                Objects.requireNonNullElse(retries, HealthCheck.DEFAULT_RETRIES),
                TargetReader.duration("health.interval", interval, HealthCheck.DEFAULT_INTERVAL));
    }

    private static Supplier<Probe> probe(Fields fields, String type) {
        return switch (type) {
            case "http" -> {
                String url = fields.text("url");
                Integer status = fields.optionalInteger("expectedStatus");
                String body = fields.optionalText("expectedBody");
                yield () -> new Probe.Http(url(url), Objects.requireNonNullElse(status, OK), body);
            }
            case "tcp" -> {
                String host = fields.optionalText("host");
                int port = fields.integer("port");
                yield () -> new Probe.Tcp(Objects.requireNonNullElse(host, LOOPBACK), port);
            }
            case "command" -> {
                List<String> command = fields.texts("command");
                yield () -> new Probe.Command(command);
            }
            default ->
                fields.make(() -> {
                    throw new InvalidInputException(
                            "type", "\"" + Names.shown(type) + "\" is not one of http, tcp, command");
                });
        };
    }

    private static URI url(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidInputException("health.url", "\"" + Names.shown(text) + "\" is no URL");
        }
    }
}
