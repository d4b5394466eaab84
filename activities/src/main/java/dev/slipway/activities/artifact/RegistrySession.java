package dev.slipway.activities.artifact;

import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The questions about one image: authenticates when it is asked to, and goes only where it may. */
final class RegistrySession {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int MOST_REDIRECTS = 3;
    // As much as the distribution specification asks registries to take.
    private static final int LARGEST_MANIFEST = 4 * 1024 * 1024;
    private static final List<String> MANIFEST_TYPES = List.of(
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private final ImageReference image;
    private final RegistryAddress address;
    private final RegistryCredentials credentials;
    private @Nullable String authorization;

    RegistrySession(ImageReference image, RegistryAddress address, RegistryCredentials credentials) {
        this.image = image;
        this.address = address;
        this.credentials = credentials;
    }

    /** The answer about the image's manifest; fails when there is none to be had. */
    HttpResponse<byte[]> manifest(String method) {
        URI uri = address.base().resolve("/v2/" + image.path() + "/manifests/" + image.version());
        HttpResponse<byte[]> response = follow(method, uri);
        if (response.statusCode() == 401 && authenticate(response)) {
            response = follow(method, uri);
        }
        return switch (response.statusCode()) {
            case 200 -> response;
            case 404 ->
                throw new SlipwayException(
                        FailureType.IMAGE_NOT_FOUND,
                        "The registry " + image.registry() + " has no image " + image + ". Check its name and tag.");
            case 401, 403 ->
                throw new SlipwayException(
                        FailureType.REGISTRY_REFUSED,
                        "The registry " + image.registry() + " denied access to " + image
                                + ": it does not exist, or it requires a login. Logins are read from the Docker configuration"
                                + " that slipway.registry.docker-config names.");
            default -> throw unavailable("answered with status " + response.statusCode(), null);
        };
    }

    private HttpResponse<byte[]> follow(String method, URI start) {
        URI uri = start;
        for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
            HttpRequest.Builder request = request(uri).method(method, HttpRequest.BodyPublishers.noBody());
            MANIFEST_TYPES.forEach(type -> request.header("Accept", type));
            // A credential belongs to a host.
            if (authorization != null && address.sameHost(uri)) {
                request.header("Authorization", authorization);
            }
            HttpResponse<byte[]> response = send(request.build());
            Optional<String> location = response.headers().firstValue("Location");
            if (response.statusCode() / 100 != 3 || location.isEmpty()) {
                return response;
            }
            uri = address.checked(location.get());
        }
        throw unavailable("redirected more than " + MOST_REDIRECTS + " times", null);
    }

    /** Gets what the challenge asks for; false when we have nothing that would help. */
    private boolean authenticate(HttpResponse<byte[]> refusal) {
        Optional<Challenge> challenge = Challenge.in(refusal.headers());
        Optional<String> basic = credentials.basic(image.registry());
        if (challenge.filter(Challenge::isBearer).isPresent()) {
            authorization = "Bearer " + token(challenge.get(), basic);
        } else if (challenge.filter(Challenge::isBasic).isPresent()) {
            authorization = basic.orElse(null);
        }
        return authorization != null;
    }

    private String token(Challenge challenge, Optional<String> basic) {
        HttpRequest.Builder request = request(address.checked(challenge.tokenUrl(image.path())));
        basic.ifPresent(value -> request.header("Authorization", value));
        HttpResponse<byte[]> response = send(request.build());
        if (response.statusCode() == 401 || response.statusCode() == 403) {
            throw new SlipwayException(
                    FailureType.REGISTRY_REFUSED,
                    "The registry " + image.registry() + " issued no token for " + image
                            + (basic.isPresent() ? ": the login was rejected." : ": a login is required."));
        }
        try {
            JsonNode body = JsonMapper.shared().readTree(response.body());
            String token = body.path("token").asString(body.path("access_token").asString(""));
            if (response.statusCode() == 200 && !token.isEmpty()) {
                return token;
            }
        } catch (JacksonException e) {
            // Told below: its message would quote the answer.
        }
        throw unavailable("issued no token (status " + response.statusCode() + ")", null);
    }

    private static HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT).header("User-Agent", "slipway");
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return HTTP.send(
                    request,
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), LARGEST_MANIFEST));
        } catch (IOException e) {
            throw unavailable("cannot be reached: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable("request was interrupted", e);
        }
    }

    static Digest digestOf(HttpResponse<byte[]> manifest) {
        return Digest.of(manifest.body());
    }

    private SlipwayException unavailable(String what, @Nullable Throwable cause) {
        return new SlipwayException(
                FailureType.REGISTRY_UNAVAILABLE, "The registry " + image.registry() + " " + what + ".", cause);
    }
}
