package dev.slipway.acceptance.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The REST API of one stack, asked with one token. */
public final class Api {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Supplier<URI> url;
    private final Supplier<@Nullable String> token;

    Api(Supplier<URI> url, Supplier<@Nullable String> token) {
        this.url = url;
        this.token = token;
    }

    /** The same API for somebody who says that this is the token; null for nobody. */
    public Api as(@Nullable String other) {
        return new Api(url, () -> other);
    }

    /** The same API where another server has it. */
    public Api at(String other) {
        URI base = URI.create(other);
        return new Api(() -> base, token);
    }

    public Answer get(String path) {
        return send("GET", path, BodyPublishers.noBody(), Map.of());
    }

    public Answer post(String path, String json) {
        return post(path, json, Map.of());
    }

    public Answer post(String path, String json, Map<String, String> headers) {
        return send("POST", path, BodyPublishers.ofString(json), with(headers, "Content-Type", "application/json"));
    }

    public Answer apply(String yaml) {
        return send("POST", "/api/apply", BodyPublishers.ofString(yaml), Map.of("Content-Type", "application/yaml"));
    }

    public Answer deploy(String json, String idempotencyKey) {
        return post("/api/deployments", json, Map.of("Idempotency-Key", idempotencyKey));
    }

    /** Sends any request at all; fails only where there is no answer. */
    public Answer send(String method, String path, BodyPublisher body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).method(method, body).timeout(LIMIT);
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer(method + " " + path, response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + method + " " + path, e);
        }
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url.get().resolve(path));
        String bearer = token.get();
        return bearer == null ? request : request.header("Authorization", "Bearer " + bearer);
    }

    HttpClient http() {
        return http;
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> all = new HashMap<>(headers);
        all.put(name, value);
        return all;
    }

    /** What the API answered. */
    public record Answer(String request, int status, HttpHeaders headers, String body) {
        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public String text(String field) {
            return json().path(field).asString("");
        }

        /** Itself, where the status is the expected one. */
        public Answer expect(int expected) {
            if (status != expected) {
                throw new AssertionError("Expected " + expected + " of " + this);
            }
            return this;
        }

        @Override
        public String toString() {
            return request + " -> " + status + " " + body;
        }
    }
}
