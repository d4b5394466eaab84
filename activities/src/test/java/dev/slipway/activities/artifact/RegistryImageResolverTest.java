package dev.slipway.activities.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.core.artifact.Artifact;
import dev.slipway.core.artifact.Digest;
import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryImageResolverTest {
    private static final String MANIFEST = "{\"schemaVersion\":2}";

    @TempDir
    Path folder;

    @Test
    void pinsATagToTheDigestThatItHasNow() throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            Digest first = registry.push("shop/web", "v1", "first");
            Artifact.Image pinned = resolve(registry.host() + "/shop/web:v1");
            Digest second = registry.push("shop/web", "v1", "second");

            Artifact.Image moved = resolve(registry.host() + "/shop/web:v1");

            assertThat(pinned).isEqualTo(new Artifact.Image(registry.host() + "/shop/web", first));
            assertThat(moved.digest()).isEqualTo(second).isNotEqualTo(first);
            assertThat(resolve(pinned.reference())).isEqualTo(pinned);
        }
    }

    @Test
    void tellsThatAnImageIsNotThere() throws Exception {
        try (DockerRegistry registry = DockerRegistry.open(folder)) {
            registry.push("shop/web", "v1", "first");

            assertFails(() -> resolve(registry.host() + "/shop/web:v2"), FailureType.IMAGE_NOT_FOUND, "shop/web:v2");
            assertFails(() -> resolve(registry.host() + "/shop/api"), FailureType.IMAGE_NOT_FOUND, "shop/api:latest");
        }
    }

    @Test
    void logsInWithTheDockerConfiguration() throws Exception {
        try (DockerRegistry registry = DockerRegistry.withLogin(folder)) {
            Digest digest = registry.push("shop/web", "v1", "private");
            Path config = Files.writeString(
                    folder.resolve("config.json"),
                    "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.host(), DockerRegistry.basicLogin()));
            RegistryCredentials credentials = RegistryCredentials.ofDockerConfig(config);

            Artifact.Image image = new RegistryImageResolver(credentials).resolve(registry.host() + "/shop/web:v1");

            assertThat(image.digest()).isEqualTo(digest);
            assertFails(() -> resolve(registry.host() + "/shop/web:v1"), FailureType.REGISTRY_REFUSED, "login");
            assertThat(credentials.toString()).doesNotContain(DockerRegistry.basicLogin());
        }
    }

    @Test
    void tellsThatARegistryIsAway() {
        assertFails(() -> resolve("127.0.0.1:1/web"), FailureType.REGISTRY_UNAVAILABLE, "127.0.0.1:1");
        assertFails(() -> resolve("registry.invalid/web"), FailureType.REGISTRY_UNAVAILABLE, "registry.invalid");
    }

    @Test
    void getsATokenWhereTheRegistrySays() throws Exception {
        try (RegistryDouble registry = new RegistryDouble()) {
            registry.serve("/token", exchange -> answer(exchange, 200, "{\"token\":\"abc\"}"));
            registry.serve("/v2/", exchange -> {
                if ("Bearer abc".equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    answer(exchange, 200, MANIFEST);
                } else {
                    exchange.getResponseHeaders()
                            .add(
                                    "WWW-Authenticate",
                                    "Bearer realm=\"http://%s/token\",service=\"s\"".formatted(registry.host()));
                    answer(exchange, 401, "");
                }
            });

            Artifact.Image image = resolve(registry.host() + "/web:v1");

            assertThat(image.digest()).isEqualTo(DockerRegistry.digest(MANIFEST.getBytes(StandardCharsets.UTF_8)));
            assertThat(registry.requests)
                    .anyMatch(line -> line.contains("/token?scope=repository%3Aweb%3Apull&service=s"));
        }
    }

    @Test
    void doesNotFollowARegistryToPlacesThatItMayNotSendUsTo() throws Exception {
        try (RegistryDouble registry = new RegistryDouble()) {
            registry.redirect();
            for (String place : List.of(
                    "http://169.254.169.254/latest",
                    "https://169.254.169.254/latest",
                    "file:///etc/passwd",
                    "http://192.0.2.1/")) {
                registry.place = place;

                assertFails(
                        () -> resolve(registry.host() + "/web"),
                        FailureType.REGISTRY_REFUSED,
                        "not trusted",
                        "without a host");
            }
        }
    }

    @Test
    void givesUpOnRedirectsThatGoRound() throws Exception {
        try (RegistryDouble registry = new RegistryDouble()) {
            registry.redirect();
            registry.place = "/v2/web/manifests/latest";

            assertFails(() -> resolve(registry.host() + "/web"), FailureType.REGISTRY_UNAVAILABLE, "redirected");
        }
    }

    @Test
    void refusesAMetadataServiceAsARegistry() {
        assertFails(() -> resolve("169.254.169.254/web"), FailureType.REGISTRY_REFUSED, "169.254.169.254");
        assertFails(() -> resolve("0.0.0.0:5000/web"), FailureType.REGISTRY_REFUSED, "0.0.0.0");
    }

    private static Artifact.Image resolve(String reference) {
        return new RegistryImageResolver(RegistryCredentials.none()).resolve(reference);
    }

    private static void assertFails(ThrowingCallable call, FailureType type, String... words) {
        assertThatExceptionOfType(SlipwayException.class).isThrownBy(call).satisfies(e -> {
            assertThat(e.type()).as(e.getMessage()).isEqualTo(type);
            assertThat(List.of(words)).anySatisfy(word -> assertThat(e).hasMessageContaining(word));
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    /** For what a real registry does not do by itself. */
    private static final class RegistryDouble implements AutoCloseable {
        private final HttpServer server;
        private final List<String> requests = new CopyOnWriteArrayList<>();
        private volatile String place = "";

        RegistryDouble() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(task -> Thread.ofVirtual().start(task));
            server.start();
        }

        void serve(String path, HttpHandler handler) {
            server.createContext(path, exchange -> {
                requests.add(exchange.getRequestURI().toString());
                handler.handle(exchange);
            });
        }

        void redirect() {
            serve("/v2/", exchange -> {
                exchange.getResponseHeaders().add("Location", place);
                answer(exchange, 307, "");
            });
        }

        String host() {
            return "127.0.0.1:" + server.getAddress().getPort();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
