package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.core.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the API under test: a real one, over HTTP. It takes no answer that the OpenAPI document lacks. */
public final class Api {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final @Nullable String token;

    private Api(String url, @Nullable String token) {
        this.url = url;
        this.token = token;
    }

    public static Api asOperator(int port) {
        return new Api("http://127.0.0.1:" + port, ApiTestStack.OPERATOR);
    }

    public Api with(@Nullable String other) {
        return new Api(url, other);
    }

    public Answer get(String path) {
        return send(path, HttpRequest.Builder::GET);
    }

    public Answer post(String path, String json) {
        return send(path, request -> json(request, json).POST(BodyPublishers.ofString(json)));
    }

    public Answer post(String path, String json, String idempotencyKey) {
        return send(
                path,
                request -> json(request, json)
                        .header("Idempotency-Key", idempotencyKey)
                        .POST(BodyPublishers.ofString(json)));
    }

    public Answer put(String path, String json) {
        return send(path, request -> json(request, json).PUT(BodyPublishers.ofString(json)));
    }

    public Answer apply(String yaml) {
        return send(
                "/api/apply",
                request -> request.header("Content-Type", "application/yaml").POST(BodyPublishers.ofString(yaml)));
    }

    /** Uploads bytes as one archive and returns the answer to the last part. */
    public Answer upload(byte[] archive) {
        return upload(digest(archive), 0, archive.length, archive);
    }

    public Answer upload(Digest digest, long offset, long length, byte[] part) {
        return send(
                "/api/artifacts/" + digest,
                request -> request.header("Content-Type", "application/octet-stream")
                        .header("Upload-Offset", String.valueOf(offset))
                        .header("Upload-Length", String.valueOf(length))
                        .method("PATCH", BodyPublishers.ofByteArray(part)));
    }

    public static Digest digest(byte[] content) {
        try {
            return Digest.ofSha256(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public Answer send(String path, UnaryOperator<HttpRequest.Builder> how) {
        try {
            HttpRequest request = request(path, how);
            HttpResponse<byte[]> response = HTTP.send(request, BodyHandlers.ofByteArray());
            DocumentedAnswers.require(request, response);
            return new Answer(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An answer that is read while it comes. */
    public HttpResponse<InputStream> open(String path, UnaryOperator<HttpRequest.Builder> how) {
        try {
            return HTTP.send(request(path, how), BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static BodyPublisher bytes(byte[] content) {
        return BodyPublishers.ofByteArray(content);
    }

    private HttpRequest request(String path, UnaryOperator<HttpRequest.Builder> how) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return how.apply(request).build();
    }

    private static HttpRequest.Builder json(HttpRequest.Builder request, String json) {
        return json.isEmpty() ? request : request.header("Content-Type", "application/json");
    }

    /** What came back. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** Requires this status, and says what came instead. */
        public Answer expect(int status) {
            assertThat(status()).as(text()).isEqualTo(status);
            return this;
        }

        /** Requires a problem document of this status and type, and returns its detail. */
        public String problem(int status, String type) {
            expect(status);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            assertThat(json().path("type").asString()).isEqualTo("urn:slipway:problem:" + type);
            assertThat(json().path("status").asInt()).isEqualTo(status);
            assertThat(json().path("title").asString()).isNotBlank();
            return json().path("detail").asString();
        }
    }
}
