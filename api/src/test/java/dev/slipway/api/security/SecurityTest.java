package dev.slipway.api.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Api;
import dev.slipway.api.ApiTest;
import dev.slipway.api.ApiTestStack;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@ApiTest
class SecurityTest {
    private static final String DIGEST = "sha256:" + "0".repeat(64);

    private static final long MOST_SENT = 1L << 30;

    @LocalServerPort
    private int port;

    private Api api = Api.asOperator(0);

    @BeforeEach
    void connect() {
        api = Api.asOperator(port);
    }

    /** The token of a CI job in the form, or a signature, is the proof there. */
    private static final Set<String> PROVEN_OTHERWISE = Set.of("POST /api/deploy", "POST /api/webhooks/{name}");

    @Test
    void asksForATokenOnEveryRouteOfTheDocument() {
        List<String> routes = new ArrayList<>();
        var document = api.get("/api/openapi.json").expect(200).json();
        assertThat(document.path("openapi").asString()).startsWith("3.1");
        document.path("paths")
                .forEachEntry((path, methods) -> methods.propertyNames()
                        .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        routes.add("GET /api/openapi.json");
        routes.add("GET /");
        routes.add("GET /nowhere");
        routes.add("GET /actuator");
        routes.add("GET /actuator/env");
        routes.add("GET /error");

        for (String route : routes) {
            String method = route.split(" ", 2)[0];
            String path = route.split(" ", 2)[1].replace("{digest}", DIGEST).replaceAll("\\{[a-z]+}", "aaaa");
            for (String token : new String[] {null, "junk", ApiTestStack.OPERATOR + "x", "a b", ""}) {
                if (PROVEN_OTHERWISE.contains(route) && token == null) {
                    continue;
                }
                Api.Answer answer =
                        api.with(token).send(path, request -> request.method(method, BodyPublishers.ofString("{}")));
                assertThat(answer.status()).as(route + " with " + token).isEqualTo(401);
                if (!method.equals("HEAD")) {
                    answer.problem(401, "unauthenticated");
                }
                assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
            }
        }
        assertThat(routes)
                .contains(
                        "POST /api/apply",
                        "POST /api/deployments",
                        "GET /api/deployments/{id}/events",
                        "PATCH /api/artifacts/{digest}",
                        "POST /api/codec/decode")
                .hasSizeGreaterThan(28);
    }

    @Test
    void letsAgentsDoWhatAgentsDoAndNothingElse() {
        Api agent = api.with(ApiTestStack.AGENT);

        agent.put("/api/nodes/local", "{\"version\":\"0.1.0\",\"runtimes\":[\"process\"],\"hostname\":\"h\"}")
                .expect(204);
        agent.get("/api/artifacts/" + DIGEST).problem(404, "unknown-artifact");
        agent.post("/api/deployments/aaaa/tasks/web-1/logs", "{\"source\":\"s\",\"lines\":[]}")
                .expect(204);
        agent.get("/api/nodes/local/deployments/aaaa/tasks/web-1").problem(404, "unknown-target");
        agent.get("/api/nodes").problem(403, "forbidden");
        agent.get("/api/deployments").problem(403, "forbidden");
        agent.get("/api/openapi.json").problem(403, "forbidden");
        agent.post("/api/codec/decode", "{}").problem(403, "forbidden");
        agent.upload(new byte[10]).problem(403, "forbidden");
        agent.apply("kind: Environment").problem(403, "forbidden");
        agent.get("/nowhere").problem(403, "forbidden");
    }

    @Test
    void showsItsHealthToWhoeverAsks() {
        for (String path : List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
            assertThat(api.with(null)
                            .get(path)
                            .expect(200)
                            .json()
                            .path("status")
                            .asString())
                    .isEqualTo("UP");
        }
    }

    @Test
    void tellsBrowsersToRunNothing() {
        Api.Answer answer = api.get("/api/nodes").expect(200);

        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; frame-ancestors 'none'");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(answer.header("Cache-Control")).contains("no-store");
        assertThat(answer.header("Set-Cookie")).isEmpty();
    }

    @Test
    void refusesALargeBodyBeforeItIsRead() {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                return read.addAndGet(length) > MOST_SENT ? -1 : length;
            }
        };

        try {
            api.with(null)
                    .send(
                            "/api/apply",
                            request -> request.header("Content-Type", "application/yaml")
                                    .POST(BodyPublishers.ofInputStream(() -> endless)))
                    .problem(401, "unauthenticated");
        } catch (UncheckedIOException e) {
            // The server has answered and closed while the client still sent.
            assertThat(e).hasCauseInstanceOf(IOException.class);
        }
        assertThat(read.get()).isLessThan(MOST_SENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /nowhere 404 not-found",
                "GET /api/nowhere 404 not-found",
                "GET /api/deployments/UPPER 400 invalid-input",
                "DELETE /api/deployments 405 method-not-allowed",
                "PUT /api/releases 405 method-not-allowed",
                "POST /api/deployments 415 unsupported-media-type",
                "POST /api/apply 415 unsupported-media-type",
                "GET /api/artifacts/nonsense 400 invalid-input",
                "GET /api/nodes;x=1 400 bad-request",
                "GET //api/nodes 400 bad-request",
                "GET /api/nodes/%00 400 bad-request",
                "GET /api/nodes/nobody 404 not-found",
            })
    void answersEveryErrorWithAProblem(String expected) {
        String[] parts = expected.split(" ", 4);

        Api.Answer answer = api.send(
                parts[1],
                request -> request.header("Content-Type", "text/plain").method(parts[0], BodyPublishers.ofString("x")));

        answer.problem(Integer.parseInt(parts[2]), parts[3]);
    }

    @Test
    void answersWithAProblemWhateverIsAccepted() {
        api.send(
                        "/api/deployments/zzzz",
                        request -> request.header("Accept", "text/event-stream").GET())
                .problem(404, "unknown-deployment");
        api.send("/api/nodes", request -> request.header("Accept", "image/png").GET())
                .problem(406, "not-acceptable");
        assertThat(api.send("/api/nodes", request -> request.DELETE()).header("Allow"))
                .isEqualTo("GET");
    }
}
